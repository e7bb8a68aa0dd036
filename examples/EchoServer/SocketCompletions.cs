namespace EchoServer;

/// <summary>On which thread .NET's sockets tell that they are done.</summary>
internal static class SocketCompletions
{
    // Read by the runtime when its first socket waits.
    private const string Inline = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Has them tell it on the thread that hears of it, instead of by way of the pool: one change of threads less a message. For a process whose sockets
    /// are all its listeners', which do nothing there but wake an event loop. Whoever has set the variable is left in peace; epoll does not use it.
    /// </summary>
    public static void TakeInline()
    {
        if (Environment.GetEnvironmentVariable(Inline) is null)
            Environment.SetEnvironmentVariable(Inline, "1");
    }
}
