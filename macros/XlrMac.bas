Attribute VB_Name = "XlrMac"
Option Explicit
' Excel on a Mac lives in a sandbox: what is outside is asked of our script, which `xlreport addin install` places.
' A request is one text: what is wanted on the first line, then what it is about.

Public Function ReadRecord() As String
    On Error Resume Next ' no script, no record
    ReadRecord = Ask("record")
End Function

Public Sub Start(action As String)
    Ask action & vbLf & XlrPython.BookName()
End Sub

Public Function IsRunning() As Boolean
    On Error Resume Next
    IsRunning = (Ask("running") = "yes")
End Function

Public Function Answer() As String
    Answer = Ask("answer")
    If Answer = "" Then Answer = "error" & vbLf & vbLf & XlrRecord.Value("broken")
End Function

Public Sub OpenFile(path As String)
    Ask "open" & vbLf & path
End Sub

Private Function Ask(request As String) As String
#If Mac Then
    Ask = Replace(AppleScriptTask("xlreport.applescript", "ask", request), vbCr, vbLf)
#End If
End Function
