"""Sends two little-endian integers and expects the same eight bytes back: two_ints.py PORT"""
import socket
import struct
import sys

with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20) as client:
    sent = struct.pack("<ii", 12, 34)
    client.sendall(sent)
    came = b""
    while len(came) < len(sent):
        piece = client.recv(len(sent) - len(came))
        if not piece:
            sys.exit(f"closed after {came!r}")
        came += piece
    print(struct.unpack("<ii", came))
