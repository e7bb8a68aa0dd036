"""Starts a program as systemd does by socket activation: hand_in.py NAME:NAME... PROGRAM ARGUMENTS..."""
import fcntl
import os
import socket
import sys

FIRST = 3
names = sys.argv[1].split(":")
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in names]

# Out of the way first: one of them may have the number of another's place.
high = [fcntl.fcntl(each, fcntl.F_DUPFD, 100) for each in sockets]
for place, number in enumerate(high):
    os.dup2(number, FIRST + place, inheritable=True)

os.environ["LISTEN_PID"] = str(os.getpid())
os.environ["LISTEN_FDS"] = str(len(names))
os.environ["LISTEN_FDNAMES"] = ":".join(names)
os.execvp(sys.argv[2], sys.argv[2:])
