Attribute VB_Name = "XlrWindows"
Option Explicit
' Excel on Windows. The objects used here take and give Unicode, which Shell, Open and Environ do not.

Private Const FOR_READING = 1
Private Const UTF16 = -1
Private Const RUNNING = 0

Private process As Object ' of the last click

' What `xlreport addin install` has written: lines such as python=C:\...\pythonw.exe
Public Function ReadRecord() As String
    Dim path As String
    path = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%APPDATA%") & "\xlreport\excel.txt"
    ReadRecord = ReadText(path)
End Function

' Start the program for the workbook in front. There is no window: pythonw.exe is no console program.
Public Sub Start(action As String)
    Dim files As Object, result As String, command As String
    result = XlrRecord.Value("answer")
    Set files = CreateObject("Scripting.FileSystemObject")
    If files.FileExists(result) Then files.DeleteFile result
    command = Quoted(XlrRecord.Value("python")) & " -E -P -X utf8 -m xlreport.host.click " & action
    command = command & " --hwnd " & Application.Hwnd & " --book " & Quoted(XlrPython.BookName())
    command = command & " --result " & Quoted(result)
    Set process = CreateObject("WScript.Shell").Exec(command)
End Sub

Public Function IsRunning() As Boolean
    If Not process Is Nothing Then IsRunning = (process.Status = RUNNING)
End Function

' What the program has to say, or what Python says where the program could not say it.
Public Function Answer() As String
    Answer = ReadText(XlrRecord.Value("answer"))
    If Answer = "" Then
        Answer = "error" & vbLf & vbLf & XlrRecord.Value("broken") & vbLf & vbLf & process.StdErr.ReadAll()
    End If
End Function

' Open a file with the program that its kind belongs to.
Public Sub OpenFile(path As String)
    CreateObject("Shell.Application").ShellExecute path
End Sub

Private Function ReadText(path As String) As String
    Dim files As Object
    Set files = CreateObject("Scripting.FileSystemObject")
    If files.FileExists(path) Then ReadText = files.OpenTextFile(path, FOR_READING, False, UTF16).ReadAll()
End Function

' One argument, as Windows programs take them apart.
Private Function Quoted(argument As String) As String
    Quoted = """" & Replace(argument, """", "\""") & """"
End Function
