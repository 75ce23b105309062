#!/bin/sh
# What the tests need of the system: LibreOffice, poppler, Chinese fonts, a screen, Chromium and Node with two judges of documents.
# As root on Debian it is installed; otherwise this says what is missing and what that skips, and the tests go on.
set -u

# The judges: the Open XML SDK and axe, at the versions of package-lock.json, in tests/node.
judges() {
  node="$(dirname "$0")/../tests/node"
  [ -d "$node/node_modules/axe-core" ] && return
  command -v npm >/dev/null && (cd "$node" && npm install --no-save --ignore-scripts --no-audit --no-fund >/dev/null 2>&1) && return
  echo "npm could not install tests/node: the tests that judge our DOCX and HTML are skipped."
}

PACKAGES="libreoffice-calc libreoffice-writer poppler-utils python3-uno texlive-lang-chinese fonts-noto-cjk chromium
  nodejs npm xvfb xdotool openbox"
missing=""
command -v soffice >/dev/null || missing="$missing libreoffice-calc libreoffice-writer"
/usr/bin/python3 -c "import uno" 2>/dev/null || missing="$missing python3-uno"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
find /usr/share/texmf* /usr/share/texlive /usr/share/fonts -name 'FandolFang-Regular.otf' 2>/dev/null | grep -q . \
  || missing="$missing texlive-lang-chinese"
find /usr/share/fonts -name 'NotoSerifCJK-Regular.ttc' 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
command -v chromium >/dev/null || missing="$missing chromium"
command -v npm >/dev/null || missing="$missing nodejs npm"
for program in Xvfb xdotool openbox; do
  command -v $program >/dev/null || missing="$missing $(echo $program | tr X x)"
done
[ -z "$missing" ] && judges && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 && judges && exit 0
  echo "apt-get could not install them; the tests go on without."
fi
cat <<END
Missing:$missing
  without libreoffice-calc and libreoffice-writer, the tests that open our files in a real LibreOffice are skipped
  without python3-uno, the tests that type into LibreOffice are skipped
  without poppler-utils, the tests that read our PDF back are skipped
  without texlive-lang-chinese, the tests of a real Fangsong font are skipped
  without xvfb, xdotool and openbox, the tests that click in a real window are skipped
  without fonts-noto-cjk, LibreOffice has no Chinese font to draw with
  without chromium, nodejs and npm, the tests of DOCX by the Open XML SDK and of HTML in a real browser, and the one
  that prints the page of findings, are skipped
On Debian or Ubuntu: sudo apt-get install $PACKAGES
END
command -v npm >/dev/null && judges
exit 0
