Attribute VB_Name = "XlrExcel"
Option Explicit
' Excel only: one click. Starts our Python, waits without freezing Excel, and shows what it says.

Public Const NOT_INSTALLED = -2147220991 ' vbObjectError + 513: LibreOffice does not know that name

Private Const MINUTES_TO_WAIT = 3
Private Const USER_BREAK = 18 ' the error that the ESC key raises

Private clicked As Boolean

Public Sub Click(action As String)
    Dim deadline As Date, waiting As String, number As Long, description As String
    On Error GoTo Failed
    If clicked Or XlrPython.IsRunning() Then ' of two quick clicks the first one counts
        Application.StatusBar = XlrRecord.Value("busy")
        Exit Sub
    End If
    clicked = True
    Application.EnableCancelKey = 2 ' xlErrorHandler
    waiting = XlrRecord.Value("wait")
    Application.StatusBar = waiting
    XlrPython.Start action
    deadline = Now + TimeSerial(0, MINUTES_TO_WAIT, 0)
    Do While XlrPython.IsRunning()
        DoEvents ' our Python talks to Excel meanwhile
        If Now > deadline Then
            Application.StatusBar = False
            Tell "error", XlrRecord.Value("late")
            GoTo Done
        End If
    Loop
    If CStr(Application.StatusBar) = waiting Then Application.StatusBar = False ' else our Python has put its verdict there
    Show XlrPython.Answer()
Done:
    clicked = False
    Application.StatusBar = False ' Excel would say it until it ends, whatever workbook is in front
    Application.EnableCancelKey = 1 ' xlInterrupt
    Exit Sub
Failed:
    number = Err.Number ' what is called below may forget them
    description = Err.Description
    Application.StatusBar = False
    If number = USER_BREAK Then
        Tell "info", XlrRecord.Value("left")
    ElseIf number = NOT_INSTALLED Then
        Tell "error", description
    Else
        Tell "error", XlrRecord.Value("broken") & vbLf & vbLf & description
    End If
    Resume Done
End Sub

' An answer: its kind on the first line, on the second the file that it offers to open, then the sentences.
Private Sub Show(answer As String)
    Dim lines As Variant
    lines = Split(Replace(answer, vbCr, ""), vbLf, 3)
    If lines(0) <> "open" Then
        Tell CStr(lines(0)), CStr(lines(2))
    ElseIf MsgBox(lines(2), vbQuestion + vbYesNo, XlrRecord.Value("title")) = vbYes Then
        XlrPython.OpenFile CStr(lines(1))
    End If
End Sub

Private Sub Tell(kind As String, sentences As String)
    Dim icon As Long
    icon = vbExclamation
    If kind = "info" Then icon = vbInformation
    MsgBox sentences, icon, "xlreport"
End Sub
