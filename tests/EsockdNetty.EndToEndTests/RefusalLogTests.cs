using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>What a program's log says of a burst of clients over the limit.</summary>
public sealed partial class RefusalLogTests
{
    private const int Refused = 50;

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Each_of_a_burst_of_refusals_is_told_by_number_in_no_more_lines_than_seconds(SocketTransport transport)
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--max-connections", "1", "--stats", "0.2");
        using Socket served = Connect(server.EndPoint());
        served.Send([42]);
        Assert.Equal(1, await served.ReceiveAsync(new byte[1], Guard.Within(Guard.Event)));

        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < Refused; i++)
            await ConnectInVainAsync(server.EndPoint());
        await server.LogAsync($"why refused: max_connections {Refused};");
        served.Dispose();
        await server.SignalAsync("TERM");

        Assert.True(await server.ExitAsync() == 0, server.ToString());
        Line[] lines = [.. RefusalLine().Matches(server.Log).Select(Line.Of)];
        Assert.Equal(Refused, lines.Sum(static line => line.Count));
        Assert.InRange(lines.Length, 1, (int)Stopwatch.GetElapsedTime(begin).TotalSeconds + 1);
        Assert.All(lines, static line => Assert.Equal(line.Count - 1, line.Suppressed));
    }

    // Blocking: an asynchronous connect is told of a reset that follows at once in place of the connection before it.
    private static Socket Connect(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(endPoint);
        return socket;
    }

    private static async Task ConnectInVainAsync(IPEndPoint endPoint)
    {
        try
        {
            using Socket refused = Connect(endPoint);
            Assert.Equal(0, await refused.ReceiveAsync(new byte[1], Guard.Within(Guard.Event)));
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            // As it should be.
        }
    }

    [GeneratedRegex(@"Listener tcp-1 refused (?<count>\d+) connections?, that of 127\.0\.0\.1:\d+( among them)?: max_connections; (?<more>\d+) more not listed")]
    private static partial Regex RefusalLine();

    private sealed record Line(int Count, int Suppressed)
    {
        public static Line Of(Match match) => new(Number(match, "count"), Number(match, "more"));

        private static int Number(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
    }
}
