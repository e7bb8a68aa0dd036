using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Load;

public class EchoStreamTests
{
    private const int Size = 100;

    [Theory]
    [InlineData(nameof(Framing.Raw), 0)]
    [InlineData(nameof(Framing.Packet2), 2)]
    [InlineData(nameof(Framing.Packet4), 4)]
    public void Messages_that_come_back_in_any_pieces_are_counted(string framing, int header)
    {
        EchoStream stream = New(Enum.Parse<Framing>(framing));
        byte[] sent = Written(stream, 3);

        Assert.Equal(3 * (Size + header), sent.Length);
        for (int i = 0; i < sent.Length; i += 7)
            Assert.True(stream.Verify(sent.AsSpan(i, Math.Min(7, sent.Length - i))));

        Assert.Equal(3, stream.Received);
    }

    [Fact]
    public void One_wrong_byte_is_seen_wherever_it_is()
    {
        for (int wrong = 0; wrong < 2 + Size; wrong++)
        {
            EchoStream stream = New(Framing.Packet2);
            byte[] sent = Written(stream, 1);
            sent[wrong] ^= 1;

            Assert.False(stream.Verify(sent));
        }
    }

    [Fact]
    public void A_byte_that_was_never_sent_is_wrong()
    {
        EchoStream stream = New(Framing.Raw);
        byte[] sent = Written(stream, 1);

        Assert.True(stream.Verify(sent));
        Assert.False(stream.Verify(sent.AsSpan(0, 1)));
    }

    [Fact]
    public void Messages_in_the_wrong_order_are_wrong()
    {
        EchoStream stream = New(Framing.Raw);
        byte[] sent = Written(stream, 2);

        Assert.False(stream.Verify(sent.AsSpan(Size)));
    }

    [Fact]
    public void The_bytes_of_another_connection_are_wrong()
    {
        EchoStream stream = New(Framing.Raw);
        EchoStream other = New(Framing.Raw, connection: 2);
        _ = Written(stream, 1);

        Assert.False(stream.Verify(Written(other, 1)));
    }

    private static EchoStream New(Framing framing, int connection = 1) => new(new Pattern(Size), connection, generation: 0, Size, framing);

    private static byte[] Written(EchoStream stream, int count)
    {
        byte[] bytes = new byte[count * stream.MessageLength];
        stream.WriteNext(bytes, count);
        return bytes;
    }
}
