Attribute VB_Name = "XlrPython"
Option Explicit
' Excel only: our Python program, in the way of each system. Each function is described in XlrWindows.

Public Function ReadRecord() As String
#If Mac Then
    ReadRecord = XlrMac.ReadRecord()
#Else
    ReadRecord = XlrWindows.ReadRecord()
#End If
End Function

Public Sub Start(action As String)
#If Mac Then
    XlrMac.Start action
#Else
    XlrWindows.Start action
#End If
End Sub

Public Function IsRunning() As Boolean
#If Mac Then
    IsRunning = XlrMac.IsRunning()
#Else
    IsRunning = XlrWindows.IsRunning()
#End If
End Function

Public Function Answer() As String
#If Mac Then
    Answer = XlrMac.Answer()
#Else
    Answer = XlrWindows.Answer()
#End If
End Function

Public Sub OpenFile(path As String)
#If Mac Then
    XlrMac.OpenFile path
#Else
    XlrWindows.OpenFile path
#End If
End Sub

' The name, not the path: of a workbook on OneDrive the path is an address on the web.
Public Function BookName() As String
    If Not ActiveWorkbook Is Nothing Then BookName = ActiveWorkbook.Name
End Function
