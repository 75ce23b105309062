Attribute VB_Name = "XlrRecord"
Option Explicit
' Excel only: what `xlreport addin install` has recorded for us, lines such as python=... and wait=...
' The Chinese sentences come from there, so that they stand in one place, and this source is ASCII.

' In Chinese: Not installed for this user. Please run in a terminal: xlreport addin install
Private Const NOT_INSTALLED_ZH = "5F53 524D 7528 6237 8FD8 6CA1 6709 5B89 88C5 63D2 4EF6 FF0C 8BF7 5728 547D 4EE4 884C 8FD0 884C FF1A"

Public Function Value(key As String) As String
    Dim line As Variant
    For Each line In Split(Replace(XlrPython.ReadRecord(), vbCr, ""), vbLf)
        If Left(line, Len(key) + 1) = key & "=" Then
            Value = Replace(Mid(line, Len(key) + 2), "\n", vbLf)
            Exit Function
        End If
    Next
    Err.Raise XlrExcel.NOT_INSTALLED, "xlreport", NotInstalled()
End Function

Private Function NotInstalled() As String
    Dim code As Variant
    For Each code In Split(NOT_INSTALLED_ZH, " ")
        NotInstalled = NotInstalled & ChrW(CLng("&H" & code & "&"))
    Next
    NotInstalled = NotInstalled & "xlreport addin install" & vbLf & "Not installed for this user. Please run: xlreport addin install"
End Function
