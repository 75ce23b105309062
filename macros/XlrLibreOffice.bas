Attribute VB_Name = "XlrLibreOffice"
Option Explicit
' LibreOffice only: hands the click to our extension. Excel, where VBA7 is true, never compiles the call.

Public Sub Click(action As String)
#If VBA7 Then
#Else
    Dim extension As Object
    Set extension = CreateUnoService("org.xlreport.Click")
    extension.trigger action
#End If
End Sub
