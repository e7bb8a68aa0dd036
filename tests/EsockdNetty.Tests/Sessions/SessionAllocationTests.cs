using DotNetty.Common;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Tests.Sessions;

/// <summary>What a packet costs the loop's thread once everything is warm. The leak detector, which samples, is off, so nothing runs beside.</summary>
[Collection(LeakCheckedCollection.Name)]
public sealed class SessionAllocationTests : IDisposable
{
    private const int Rounds = 2000;

    private readonly ResourceLeakDetector.DetectionLevel _levelBefore = ResourceLeakDetector.Level;

    public SessionAllocationTests() => ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Disabled;

    public void Dispose() => ResourceLeakDetector.Level = _levelBefore;

    [Theory]
    [InlineData("raw")]
    [InlineData("2")]
    [InlineData("line")]
    public async Task An_echo_in_steady_state_allocates_nothing(string packet)
    {
        var cost = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OneListener.Open(
            async (session, closed) =>
            {
                long before = 0;
                for (int i = 0; i < 2 * Rounds; i++)
                {
                    if (i == Rounds)
                    {
                        before = GC.GetAllocatedBytesForCurrentThread();
                    }

                    await session.SendAsync((await session.ReceiveAsync(closed))!.Value, closed);
                }

                cost.SetResult((GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds);
            },
            options => options.Packet = PacketType.Parse(packet));
        using Peer peer = await server.Connect();

        byte[] message = packet == "line" ? "hello, world\n"u8.ToArray() : [0, 3, 1, 2, 3];
        for (int i = 0; i < 2 * Rounds; i++)
        {
            await peer.Send(message);
            await peer.Receive(message.Length);
        }

        Assert.Equal(0, await cost.Task.WaitAsync(Eventually.Guard), tolerance: 1);
    }
}
