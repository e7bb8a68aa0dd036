using System.Net;
using DotNetty.Transport.Channels;
using EsockdNetty.Opening;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>What the system is told about a listener's sockets. Those of connections are asked back of the system, and nothing else has changed there.</summary>
internal static class SocketProbes
{
    private const string AnyV6 = "tcp://[::]:0";
    private const UnixFileMode ForAll = (UnixFileMode)0b110_110_110;

    public static IReadOnlyList<Probe> All { get; } =
    [
        OfConnections("Socket:NoDelay", static socket => socket.NoDelay = false, 0),
        OfConnections("Socket:KeepAlive", static socket => socket.KeepAlive = true, 1),
        OfConnections("Socket:KeepAliveIdle", static socket => socket.KeepAliveIdle = TimeSpan.FromSeconds(61), 61),
        OfConnections("Socket:KeepAliveInterval", static socket => socket.KeepAliveInterval = TimeSpan.FromSeconds(11), 11),
        OfConnections("Socket:KeepAliveCount", static socket => socket.KeepAliveCount = 4, 4),
        OfConnections("Socket:UserTimeout", static socket => socket.UserTimeout = TimeSpan.FromSeconds(31), 31_000),
        OfConnections("Socket:Linger", static socket => socket.Linger = TimeSpan.Zero, 1),
        OfConnections("Socket:QuickAck", static socket => socket.QuickAck = false, 0),
        OfConnections("Socket:Ttl", static socket => socket.Ttl = 99, 99),
        OfConnections("Socket:Tos", static socket => socket.Tos = 0x20, 0x20),
        OfConnections("Socket:SendBufferSize", static socket => socket.SendBufferSize = 30_000, 60_000),
        OfConnections("Socket:ReceiveBufferSize", static socket => socket.ReceiveBufferSize = 30_000, 60_000),
        OfConnections("Socket:Raw", static socket => socket.Raw.Add(new RawOption(ProbedSocket.Level, ProbedSocket.NotSentLowWater, 77)), 77),
        new("Socket:AllowHalfClosure", static options => options.Socket.AllowHalfClosure = true) { Shows = ShowHalfClosure },
        new("Socket:Backlog", static options => options.Socket.Backlog = 3)
        {
            Shows = static async listener =>
            {
                Eventually.Equal(3, () => listener.Listener.Statistics.BacklogLimit);
                using Newcomer newcomer = await listener.Join();
            },
        },
        new("Socket:DeferAccept", static options => options.Socket.DeferAccept = TimeSpan.FromSeconds(60)) { Shows = ShowDeferral },
        new("Socket:FastOpen", static options => options.Socket.FastOpen = 16)
        {
            Remedy = (KernelSetting.FastOpen & KernelSetting.FastOpenServer) == 0 ? "add 2 to net.ipv4.tcp_fastopen" : null,
            Shows = static async listener =>
            {
                Eventually.Equal(16, () => listener.Listening.GetOption(ChannelOption.TcpFastopen));
                using Newcomer newcomer = await listener.Join();
            },
        },
        new("Socket:V6Only", static options => options.Socket.V6Only = true)
        {
            Opened = static options => options.Address = AnyV6,
            Shows = static async listener =>
            {
                await listener.Listener.SuspendAsync().WaitAsync(Eventually.Guard);
                await listener.Listener.ResumeAsync().WaitAsync(Eventually.Guard);
                Assert.Equal(1, ChannelFigures.Number(41, 26)(listener.Listening));
                using Newcomer newcomer = await listener.Join();
            },
        },
        new("Socket:UnixMode", static options => options.Socket.UnixMode = ForAll)
        {
            Opened = static options => options.Address = $"unix://{Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock")}",
            Shows = static async listener =>
            {
                Eventually.Equal(ForAll, () => OperatingSystem.IsWindows() ? ForAll : File.GetUnixFileMode(listener.Listener.Address.EndPoint.ToString()!));
                using Newcomer newcomer = await listener.Join();
            },
        },
    ];

    private static Probe OfConnections(string path, Action<SocketOptions> change, int expected) => new(path, options => change(options.Socket))
    {
        Opened = options => options.Socket.KeepAlive = path.StartsWith("Socket:KeepAlive", StringComparison.Ordinal) && path != "Socket:KeepAlive",
        Shows = async listener =>
        {
            using Newcomer newcomer = await listener.Join();
            Assert.Equal(expected, newcomer.Figures[path]);
        },
    };

    // A FIN ends one side only, and what is said after it arrives.
    private static async Task ShowHalfClosure(ProbedListener listener)
    {
        using Newcomer newcomer = await listener.Join();
        newcomer.Peer.EndSending();
        Eventually.Equal(true, () => newcomer.Handler.HasEnded);
        await newcomer.Write(1, 5);
        newcomer.Channel.Flush();
        Assert.Equal(5, (await newcomer.Peer.Receive(5)).Length);
    }

    // Who is silent is accepted after who speaks.
    private static async Task ShowDeferral(ProbedListener listener)
    {
        Eventually.Equal(true, () => listener.Listening.GetOption(ChannelOption.TcpDeferAccept) > TimeSpan.Zero);
        using Peer silent = await Peer.Connect(listener.Listener);
        using Peer speaking = await Peer.Connect(listener.Listener);
        Assert.True(await speaking.IsServed());
        Assert.True(await silent.IsServed());
        EndPoint?[] admitted = [(await listener.Admitted()).Channel.RemoteAddress, (await listener.Admitted()).Channel.RemoteAddress];
        Assert.Equal([speaking.LocalAddress.ToString(), silent.LocalAddress.ToString()], admitted.Select(static address => address?.ToString()));
    }
}
