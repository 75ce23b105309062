-- Excel for Mac asks this by AppleScriptTask, because its sandbox lets it do nothing outside.
on ask(request)
	set here to POSIX path of (path to home folder) & "Library/Application Scripts/com.microsoft.Excel/"
	return do shell script "/bin/sh " & quoted form of (here & "xlreport.sh") & " " & quoted form of request
end ask
