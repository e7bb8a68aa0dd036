using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>struct msghdr of 64-bit Linux, for sending from several regions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
