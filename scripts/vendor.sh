#!/bin/sh
# Refreshes what is vendored from npm. For maintainers only: users never need Node.
#   scripts/vendor.sh            makes what is in guiju/static/vendor/ anew, and tests/data/axe.min.js
# Add an icon by adding its name below and running this. Afterwards bring VENDORED.md up to date with the sums it prints.
set -eu
ICONS_VERSION=3.51.0
AXE_VERSION=4.14.1
TOOLBAR_VERSION=2.2.3
PASTE_VERSION=1.5.3
ICONS="alert-triangle arrow-back-up arrow-down arrow-left arrow-right arrows-diff arrows-sort bell building calendar camera chart-line \
check checklist chevron-down chevron-left chevron-right circle-check clock copy device-desktop download eye file-text files filter heartbeat history home info-circle \
key language link lock login-2 logout mail menu-2 message-2 minus moon paperclip pencil plus printer scan search send settings \
shield-check shield-lock sort-ascending sort-descending speakerphone sun target tools trash upload user user-minus user-plus users x writing-sign circle-x archive eye-check rubber-stamp bookmark \
bold italic heading strikethrough blockquote list list-numbers table photo columns-2 hash"
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "@tabler/icons@$ICONS_VERSION" "axe-core@$AXE_VERSION" \
  "@github/markdown-toolbar-element@$TOOLBAR_VERSION" "@github/paste-markdown@$PASTE_VERSION" >/dev/null
tar xzf "tabler-icons-$ICONS_VERSION.tgz" && mv package icons
tar xzf "axe-core-$AXE_VERSION.tgz" && mv package axe
tar xzf "github-markdown-toolbar-element-$TOOLBAR_VERSION.tgz" && mv package toolbar
tar xzf "github-paste-markdown-$PASTE_VERSION.tgz" && mv package paste
cp toolbar/dist/index.js "$here/guiju/static/vendor/markdown-toolbar-element.js"
cp paste/dist/bundle.js "$here/guiju/static/vendor/paste-markdown.js"
sprite="$here/guiju/static/vendor/icons.svg"
printf '<svg xmlns="http://www.w3.org/2000/svg">' > "$sprite"
for name in $ICONS; do
  test -f "icons/icons/outline/$name.svg" || { echo "no icon named $name" >&2; exit 1; }
  printf '<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">' "$name" >> "$sprite"
  # only the shapes: no stroke width (ours), no comment, no frame
  tr '\n' ' ' < "icons/icons/outline/$name.svg" | sed -e 's/<!--.*-->//' -e 's/<svg[^>]*>//' -e 's/<\/svg>//' -e 's/  */ /g' -e 's/^ //' -e 's/ $//' >> "$sprite"
  printf '</symbol>' >> "$sprite"
done
printf '</svg>\n' >> "$sprite"
cp axe/axe.min.js "$here/tests/data/axe.min.js"
cd "$here" && sha256sum guiju/static/vendor/*.svg guiju/static/vendor/*.js tests/data/axe.min.js
