"""Runs a program in a terminal of its own and hands on what it shows.

    terminal.py <columns> <program> [argument...]

Says the number of the process on standard error, and is told what to do on standard input, line by line:
    halt            takes nothing from the terminal any more
    go              takes it again
    columns <n>     makes the terminal so wide
    type <text>     types it
Ends as the program does.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios


def resize(terminal, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


columns, program = int(sys.argv[1]), sys.argv[2:]
gate_out, gate_in = os.pipe()
pid, terminal = pty.fork()
if pid == 0:
    os.close(gate_in)
    os.read(gate_out, 1)
    os.execvp(program[0], program)
resize(terminal, columns)
os.write(gate_in, b"x")
os.write(2, b"%d\n" % pid)

is_halted = False
orders = b""
ended = None
while ended is None:
    ready, _, _ = select.select([0] if is_halted else [0, terminal], [], [], 0.02)
    if 0 in ready:
        chunk = os.read(0, 4096)
        if not chunk:
            break
        orders += chunk
        while b"\n" in orders:
            order, orders = orders.split(b"\n", 1)
            word, _, rest = order.partition(b" ")
            if word in (b"halt", b"go"):
                is_halted = word == b"halt"
            elif word == b"columns":
                resize(terminal, int(rest))
            elif word == b"type":
                os.write(terminal, rest)
    if terminal in ready:
        try:
            os.write(1, os.read(terminal, 65536))
        except OSError:
            pass
    done, status = os.waitpid(pid, os.WNOHANG)
    if done:
        ended = os.waitstatus_to_exitcode(status)
while ended is not None and not is_halted and select.select([terminal], [], [], 0)[0]:
    try:
        os.write(1, os.read(terminal, 65536))
    except OSError:
        break
sys.exit(128 - ended if ended is not None and ended < 0 else ended)
