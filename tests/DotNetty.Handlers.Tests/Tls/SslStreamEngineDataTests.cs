using System.Security.Authentication;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class SslStreamEngineDataTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Carries_megabytes_both_ways_at_once(SslProtocols version)
    {
        var random = new Random(1);
        using EnginePair pair = EnginePair.Established(version, () => random.Next(1, 60_000));
        byte[] up = new byte[5 << 20];
        byte[] down = new byte[3 << 20];
        random.NextBytes(up);
        random.NextBytes(down);

        pair.Client.Engine.Send(up);
        pair.Server.Engine.Send(down);
        pair.Exchange();

        Assert.True(up.AsSpan().SequenceEqual(pair.Server.Plaintext.Take()));
        Assert.True(down.AsSpan().SequenceEqual(pair.Client.Plaintext.Take()));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Carries_many_small_writes_in_order(SslProtocols version)
    {
        var random = new Random(2);
        using EnginePair pair = EnginePair.Established(version, () => random.Next(1, 3_000));

        for (int i = 0; i < 12_000; i++)
        {
            pair.Client.Engine.Send(BitConverter.GetBytes(i));
        }

        pair.Exchange();

        byte[] received = pair.Server.Plaintext.Take();
        Assert.Equal(12_000 * 4, received.Length);
        for (int i = 0; i < 12_000; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32(received, i * 4));
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void The_peers_close_notify_closes_the_input_and_leaves_the_output_open(SslProtocols version)
    {
        using EnginePair pair = EnginePair.Established(version);

        pair.Client.Engine.Send("last"u8.ToArray());
        pair.Client.Engine.SendClose();
        pair.Exchange();
        pair.Server.Engine.Send("answer"u8.ToArray());
        pair.Server.Engine.SendClose();
        pair.Exchange();

        Assert.Equal("last"u8, pair.Server.Plaintext.Take());
        Assert.True(pair.Server.Engine.IsCloseNotifyReceived);
        Assert.Equal("answer"u8, pair.Client.Plaintext.Take());
        Assert.True(pair.Client.Engine.IsCloseNotifyReceived);
        Assert.Equal(TlsEngineState.Established, pair.Client.State);
    }

    [Fact]
    public void An_end_without_close_notify_is_told_from_a_close()
    {
        using EnginePair pair = EnginePair.Established(SslProtocols.Tls13);

        pair.Client.Engine.Send("cut"u8.ToArray());
        pair.Exchange();
        pair.Server.Engine.ReceiveEnd();

        Assert.Equal("cut"u8, pair.Server.Plaintext.Take());
        Assert.True(pair.Server.Engine.IsInputClosed);
        Assert.False(pair.Server.Engine.IsCloseNotifyReceived);
    }

    [Fact]
    public void An_end_within_a_record_fails()
    {
        using EnginePair pair = EnginePair.Established(SslProtocols.Tls13);

        pair.Client.Engine.Send("cut"u8.ToArray());
        byte[] record = pair.Client.Ciphertext.Take();
        pair.Server.Engine.Receive(record.AsMemory(0, record.Length - 1));
        pair.Server.Engine.ReceiveEnd();

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.Equal(0, pair.Server.Plaintext.Count);
    }

    [Fact]
    public void A_record_that_was_tampered_with_fails()
    {
        using EnginePair pair = EnginePair.Established(SslProtocols.Tls13);

        pair.Client.Engine.Send("data"u8.ToArray());
        byte[] record = pair.Client.Ciphertext.Take();
        record[^1] ^= 1;
        pair.Server.Engine.Receive(record);

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.Equal(0, pair.Server.Plaintext.Count);
    }

    [Fact]
    public void Nothing_is_sent_after_our_close_notify()
    {
        using EnginePair pair = EnginePair.Established(SslProtocols.Tls13);

        pair.Client.Engine.SendClose();
        pair.Client.Engine.SendClose();

        Assert.True(pair.Client.Engine.IsOutputClosed);
        Assert.Throws<InvalidOperationException>(() => pair.Client.Engine.Send("late"u8.ToArray()));
    }

    [Fact]
    public void Bytes_after_the_peers_close_notify_are_ignored()
    {
        using EnginePair pair = EnginePair.Established(SslProtocols.Tls13);
        pair.Client.Engine.SendClose();
        pair.Exchange();

        pair.Server.Engine.Receive("junk"u8.ToArray());

        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        Assert.Equal(0, pair.Server.Plaintext.Count);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void No_call_leaves_the_thread_of_the_loop(SslProtocols version)
    {
        long before = EngineDuplex.CallsOffThread;

        LoopThread loop = LoopThread.Run(() =>
        {
            for (int seed = 0; seed < 100; seed++)
            {
                ConverseOnce(version, new Random(seed));
            }
        });

        Assert.Equal(before, EngineDuplex.CallsOffThread);
        Assert.Equal(0, EngineDuplex.CallsOffThread);
        Assert.Equal(0, loop.Posted);
    }

    private static void ConverseOnce(SslProtocols version, Random random)
    {
        using EnginePair pair = EnginePair.Established(version, () => random.Next(1, 4_000));
        for (int i = 0; i < 50; i++)
        {
            pair.Client.Engine.Send(new byte[random.Next(0, 20_000)]);
            pair.Server.Engine.Send(new byte[random.Next(0, 20_000)]);
            pair.Exchange();
        }

        pair.Client.Engine.SendClose();
        pair.Exchange();
        Assert.True(pair.Server.Engine.IsCloseNotifyReceived);
    }
}
