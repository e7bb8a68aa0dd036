using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>struct iovec: one region of memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public void* Base;
    public nuint Length;
}
