# Sourced by mvnw and wildcat: sets JAVA_HOME to a JDK 25 or newer, or explains what to install.
# Looks at JAVA_HOME, then at `java` on the PATH, then where systems and version managers put JDKs.

jdk_release() { # prints the feature release of the JDK in $1, or nothing
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  wanted=25
  if [ -n "${JAVA_HOME-}" ] && [ "$(jdk_release "$JAVA_HOME")" = "$wanted" ]; then
    return 0
  fi
  on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$on_path" ]; then
    while [ -L "$on_path" ]; do
      link=$(readlink "$on_path")
      case $link in
        /*) on_path=$link ;;
        *) on_path=$(dirname "$on_path")/$link ;;
      esac
    done
    on_path=$(cd "$(dirname "$on_path")/.." && pwd)
  fi
  for home in "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jenv/versions/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && [ "$(jdk_release "$home")" = "$wanted" ]; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  cat >&2 <<'TEXT'
Wildcat needs a JDK 25 and found none (JAVA_HOME, PATH and the usual folders were searched).
Install one, for example Eclipse Temurin 25, and start again:
  Debian, Ubuntu   apt install temurin-25-jdk   (from the Adoptium repository) or openjdk-25-jdk
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  any              sdk install java 25-tem
or set JAVA_HOME to the folder of a JDK 25.
TEXT
  return 1
}
