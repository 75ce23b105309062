#!/bin/sh
# What Excel for Mac may not do itself. xlreport.applescript asks with one text: what is wanted on the first line, then
# what it is about. What `xlreport addin install` has recorded lies beside this, in xlreport.txt.
here=$(dirname "$0")

recorded() { sed -n "s/^$1=//p" "$here/xlreport.txt"; }

wanted=$(printf '%s\n' "$1" | head -n 1)
about=$(printf '%s\n' "$1" | tail -n +2)
answer=$(recorded answer)

case $wanted in
  record)
    cat "$here/xlreport.txt" ;;
  running)
    if [ -s "$answer.pid" ] && kill -0 "$(cat "$answer.pid")" 2>/dev/null; then echo yes; else echo no; fi ;;
  answer)
    cat "$answer" 2>/dev/null || true ;;
  open)
    open "$about" ;;
  *)
    rm -f "$answer"
    mkdir -p "$(dirname "$answer")" "$(dirname "$(recorded log)")"
    nohup "$(recorded python)" -E -P -X utf8 -m xlreport.host.click "$wanted" --book "$about" --result "$answer" \
      </dev/null >/dev/null 2>>"$(recorded log)" &
    echo $! >"$answer.pid" ;;
esac
