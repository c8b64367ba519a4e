# Runs a program for a JVM and outlives that JVM just long enough to clean up after it.
#   sh guard.sh FOLDER LOG GRACE STOP KILL PROGRAM [ARGUMENT...]
# Standard input is a pipe from the JVM. The words "start", "stop" and "kill" steer the program; the
# end of the pipe, however the JVM ended, stops the program (after GRACE seconds by force, 0 = at
# once) and removes FOLDER. STOP and KILL are the signals that end it, nicely and by force.
# "exited CODE" on standard output tells that the program has ended.
folder=$1 log=$2 grace=$3 stop=$4 force=$5
shift 5

runner=
run() {
  program= wish= forced=0
  trap 'wish=$stop; [ -z "$program" ] || kill -"$wish" "$program" 2>/dev/null' TERM
  trap 'forced=$((forced + 1))
    [ "$forced" -lt 200 ] || force=KILL
    wish=$force; [ -z "$program" ] || kill -"$wish" "$program" 2>/dev/null' USR1
  "$@" </dev/null >>"$log" 2>&1 &
  program=$!
  # a signal between the fork and the assignment found no program to end
  [ -z "$wish" ] || kill -"$wish" "$program" 2>/dev/null
  code=0
  while kill -0 "$program" 2>/dev/null; do
    wait "$program"
    code=$?
  done
  echo "exited $code"
}
finish() {
  trap '' TERM
  if [ -n "$runner" ]; then
    if [ "$grace" -gt 0 ]; then
      kill -TERM "$runner" 2>/dev/null
      left=$((grace * 10))
      while [ "$left" -gt 0 ] && kill -0 "$runner" 2>/dev/null; do
        sleep 0.1
        left=$((left - 1))
      done
    fi
    # again until it helps: a program that has just begun may not listen yet
    while kill -USR1 "$runner" 2>/dev/null; do
      sleep 0.05
    done
  fi
  [ -z "$folder" ] || rm -rf "$folder"
}

# Ctrl-C at a terminal reaches the whole process group; when to end is the JVM's decision
trap '' INT HUP
trap 'exit 0' TERM
trap finish EXIT
while read -r word; do
  case $word in
    start) run "$@" & runner=$! ;;
    stop) kill -TERM "$runner" 2>/dev/null ;;
    kill) kill -USR1 "$runner" 2>/dev/null ;;
  esac
done
exit 0
