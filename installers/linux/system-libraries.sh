#!/usr/bin/env bash
# Sees to the system libraries that Qt, the sound card, ffmpeg and the tests need on Debian and its kin.
#
#   system-libraries.sh          installs what is missing by apt-get, as root or with a sudo that asks nothing;
#                                without that right it prints the one line to run and goes on
#   system-libraries.sh --list   prints the packages, one a line
#
# Ends 0 in every case: what is missing shows where it is used, and `cuesmith doctor` names it. Says nothing when
# nothing is missing.
set -euo pipefail

packages=(
  # Python, and the programs that make films (ffmpeg) and that tests use (speech of known text, a trace of opened files)
  python3-venv ffmpeg espeak-ng strace
  # Qt: every window, drawn offscreen too
  libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3
  # Qt Multimedia: libpulse0 (and Kerberos, through Qt Network) to load it at all, libxrandr2 for its ffmpeg backend
  libpulse0 libxrandr2 libgssapi-krb5-2
  # Qt on X11: without one of these the window's start aborts
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-render0 libxcb-shape0
  libxcb-util1 libxcb-xkb1 libxkbcommon-x11-0
  # a screen that tests make up, for what is typed into other programs
  xvfb
  # Qt on Wayland
  libwayland-client0 libwayland-cursor0
  # the microphone; and a sound card that tests make up
  libportaudio2 pulseaudio pulseaudio-utils libasound2-plugins
  # writing: Latin, Cyrillic, Arabic and Hebrew; Chinese, Japanese and Korean; Hindi, Thai and the rest
  fonts-dejavu-core fonts-noto-cjk fonts-noto-core
)

say() { printf 'cuesmith: %s\n' "$*" >&2; }

# A package counts as there under its own name or one it provides: newer releases renamed some (libglib2.0-0t64).
missing() {
  dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}, ${Provides}\n' 2>/dev/null |
    awk -v wanted="${packages[*]}" '
      $1 == "ii" || $1 == "hi" {
        sub(/^.. +/, "")
        gsub(/\([^)]*\)/, "")
        n = split($0, names, /[ ,]+/)
        for (i = 1; i <= n; i++) there[names[i]] = 1
      }
      END {
        n = split(wanted, names, " ")
        for (i = 1; i <= n; i++) if (!(names[i] in there)) printf "%s ", names[i]
      }'
}

install() {
  local -a as_root=() names=("$@")
  local line="apt-get update && apt-get install -y --no-install-recommends ${names[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      say "some system libraries are missing. To install them, run this line:"
      printf '  sudo sh -c "%s"\n' "$line" >&2
      return
    fi
    as_root=(sudo -n)
  fi
  say "installing system libraries: ${names[*]}"
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  local told
  # An update that fails (one bad source in the list is enough) need not stop the install: its verdict counts.
  if ! told=$({ "${as_root[@]}" update; "${as_root[@]}" install -y --no-install-recommends "${names[@]}"; } 2>&1); then
    printf '%s\n' "$told" >&2
    say "apt-get failed (its message stands above). When it works again, run as root:"
    printf '  %s\n' "$line" >&2
  fi
}

main() {
  if [ "${1:-}" = --list ]; then
    printf '%s\n' "${packages[@]}"
    return
  fi
  [ "$(uname -s)" = Linux ] || return 0 # elsewhere the Python packages carry all of it
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is no Debian; please see to what these packages hold: ${packages[*]}"
    return
  fi
  local -a names
  read -r -a names <<<"$(missing)"
  [ "${#names[@]}" -eq 0 ] || install "${names[@]}"
}

main "$@"
