#!/usr/bin/env bash
# Look for what the tests need from the system; install it where that may be done, else say exactly what to install.
set -euo pipefail
packages=()

command -v chromium >/dev/null || packages+=(chromium)

postgres=""
for folder in "$(dirname "$(command -v initdb || true)")" /usr/lib/postgresql/*/bin; do
    if [[ -x "$folder/initdb" && -x "$folder/postgres" ]]; then postgres="$folder"; fi
done
[[ -n "$postgres" ]] || packages+=(postgresql)

# Read whole: with `grep -q` and pipefail, fc-list dies of a closed pipe and the fonts would be "missing".
fonts="$( (command -v fc-list >/dev/null && fc-list :lang=zh family) || true)"
[[ "$fonts" == *CJK* ]] || packages+=(fontconfig fonts-noto-cjk)

command -v msgfmt >/dev/null && command -v xgettext >/dev/null || packages+=(gettext)

# A second opinion on the signatures in PDFs.
command -v pdfsig >/dev/null || packages+=(poppler-utils)

if [[ ${#packages[@]} -eq 0 ]]; then exit 0; fi

install=(apt-get install --yes --no-install-recommends "${packages[@]}")
if ! command -v apt-get >/dev/null; then
    echo "The tests need what Debian calls: ${packages[*]}. Install them with this system's package manager." >&2
    exit 1
fi
if [[ $(id -u) -eq 0 ]]; then
    run=()
elif command -v sudo >/dev/null && sudo --non-interactive true 2>/dev/null; then
    run=(sudo --non-interactive)
else
    echo "The tests need packages that only an administrator can install. Install these: ${packages[*]}" >&2
    echo "  sudo ${install[*]}" >&2
    exit 1
fi
echo "Installing what the tests need: ${run[*]:-} ${install[*]}" >&2
"${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update --quiet --quiet
"${run[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
exec "$0"
