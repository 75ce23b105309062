Attribute VB_Name = "XlReport"
Option Explicit
' What the buttons and the ribbon call, in Excel and in LibreOffice.
' These sources are ASCII: the editor knows no Unicode, and programs disagree on code pages.

Public Sub XLR_Validate()
    HandOver "validate"
End Sub

Public Sub XLR_Draft()
    HandOver "draft"
End Sub

Public Sub XLR_Export()
    HandOver "export"
End Sub

Public Sub XLR_Clear()
    HandOver "clear"
End Sub

' Every button of the ribbon carries its action as its tag.
Public Sub XLR_Ribbon(control As Object)
    HandOver control.Tag
End Sub

' The tab of a workbook hides where the add-in, which has the same one, is loaded.
Public Sub XLR_Visible(control As Object, ByRef visible As Variant)
    Dim addin As Object
    On Error Resume Next
    Set addin = Application.Workbooks("xlreport.xlam")
    visible = ThisWorkbook.IsAddin Or addin Is Nothing
End Sub

Private Sub HandOver(action As String)
    If IsExcel() Then
        XlrExcel.Click action
    Else
        XlrLibreOffice.Click action
    End If
End Sub

' LibreOffice passes over the lines that begin with # and runs both branches: the last word is its own.
Private Function IsExcel() As Boolean
#If VBA7 Then
    IsExcel = True
#Else
    IsExcel = False
#End If
End Function
