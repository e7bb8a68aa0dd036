using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class ClientHelloReaderTests
{
    private static readonly byte[] Flight = ClientHellos.Recorded();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(3, 4)]
    [InlineData(100, 1)]
    [InlineData(16384, 1)]
    [InlineData(16384, 5000)]
    public void Finds_the_message_however_records_and_reads_cut_it(int record, int read)
    {
        using var reader = new ClientHelloReader();
        byte[] input = ClientHellos.InRecordsOf(record, Flight);
        int needed = 0;

        foreach (byte[] part in input.Chunk(read))
        {
            Assert.False(reader.IsComplete);
            Assert.Null(reader.Read(part));
            needed += part.Length;
        }

        Assert.True(reader.IsComplete);
        Assert.Equal(input.Length, needed);
        Assert.Equal(ClientHellos.Body(Flight), reader.Body);
    }

    [Fact]
    public void What_follows_the_message_does_not_belong_to_it()
    {
        using var reader = new ClientHelloReader();

        Exception? fault = reader.Read([.. Flight, 20, 3, 3, 0, 1, 1, 23, 3, 3, 0, 1, 0]);

        Assert.Null(fault);
        Assert.Equal(ClientHellos.Body(Flight), reader.Body);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(23)]
    [InlineData(0)]
    public void Another_record_in_the_middle_is_not_tls(byte type)
    {
        using var reader = new ClientHelloReader();
        byte[] input = ClientHellos.InRecordsOf(50, Flight);
        input[55] = type;

        Assert.IsType<NotSslRecordException>(reader.Read(input));
    }

    [Fact]
    public void An_empty_message_is_refused()
    {
        using var reader = new ClientHelloReader();

        Exception? fault = reader.Read([22, 3, 1, 0, 4, 1, 0, 0, 0]);

        Assert.Equal(TlsHandshakeFailure.MalformedClientHello, Assert.IsType<TlsHandshakeException>(fault).Reason);
    }

    [Fact]
    public void A_message_announced_above_the_bound_is_refused_by_its_header()
    {
        using var reader = new ClientHelloReader();

        Exception? fault = reader.Read([22, 3, 1, 64, 0, 1, 1, 0, 1]);

        Assert.Equal(TlsHandshakeFailure.ClientHelloTooLarge, Assert.IsType<TlsHandshakeException>(fault).Reason);
    }
}
