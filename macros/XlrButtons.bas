Attribute VB_Name = "XlrButtons"
Option Explicit
' The add-in only: the buttons of a macro-free workbook of ours do something while it is open here.
' They are let go before it is saved: a workbook that names our file in its buttons has a link to another file.

Public Sub Arm(book As Workbook)
    SetAll book, "", "'" & ThisWorkbook.Name & "'!"
End Sub

Public Sub Disarm(book As Workbook)
    SetAll book, ThisWorkbook.Name, ""
End Sub

' Give every button of ours whose macro has `having` in it (or none, if that is empty) its macro of `home`, or none.
Private Sub SetAll(book As Workbook, having As String, home As String)
    Dim sheet As Worksheet, button As Shape, saved As Boolean, mine As Boolean, macro As String
    On Error Resume Next ' a protected sheet may refuse; the ribbon works without buttons
    If Not IsOurs(book) Then Exit Sub
    saved = book.saved
    For Each sheet In book.Worksheets
        For Each button In sheet.Shapes
            If Left(button.Name, 4) = "xlr_" Then
                If having = "" Then mine = (button.OnAction = "" Or Not book.HasVBProject) Else mine = (InStr(button.OnAction, having) > 0)
                macro = ""
                If home <> "" Then macro = home & "XLR_" & StrConv(Mid(button.Name, 5), vbProperCase)
                If mine Then button.OnAction = macro
            End If
        Next
    Next
    book.saved = saved
End Sub

Private Function IsOurs(book As Workbook) As Boolean
    Dim form As Object
    On Error Resume Next
    Set form = book.Names("xlreport_form")
    IsOurs = Not form Is Nothing
End Function
