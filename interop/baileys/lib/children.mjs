// Child processes do not outlive the suite, however it ends.
const running = new Set()

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
// whoever read the output has gone
process.stdout.on('error', () => process.exit(1))

/** Ends the child when this process ends. */
export function endWith(child) {
  running.add(child)
  child.once('exit', () => running.delete(child))
}
