using System.Buffers;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class FlightScannerTests
{
    private static readonly byte[] Hello = RecordedHellos.BothVersions;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(3, 4)]
    [InlineData(100, 1)]
    [InlineData(16384, 1)]
    [InlineData(16384, 5000)]
    public void Finds_the_hellos_end_however_records_and_reads_cut_it(int record, int read)
    {
        var scanner = new FlightScanner();
        byte[][] parts = [.. ClientHellos.InRecordsOf(record, Hello).Chunk(read)];

        bool[] ended = [.. parts.Select(part => scanner.Scan(new ReadOnlySequence<byte>(part)))];

        Assert.Equal(Enumerable.Repeat(false, parts.Length - 1).Append(true), ended);
    }

    [Fact]
    public void Behind_the_hello_every_record_ends_something()
    {
        var scanner = new FlightScanner();
        Scan(ref scanner, Hello);

        bool[] ended = [Scan(ref scanner, [20, 3, 3, 0]), Scan(ref scanner, [1, 1]), Scan(ref scanner, [23, 3, 3, 0, 2, 0]), Scan(ref scanner, [0, 22])];

        Assert.Equal([false, true, false, true], ended);
    }

    [Fact]
    public void After_a_record_that_has_no_place_in_the_hello_the_ends_of_records_count()
    {
        var scanner = new FlightScanner();

        bool[] ended = [Scan(ref scanner, [21, 3, 1, 0, 2, 1]), Scan(ref scanner, [0]), Scan(ref scanner, Hello)];

        Assert.Equal([false, true, true], ended);
    }

    [Fact]
    public void Records_of_none_end_nothing()
    {
        var scanner = new FlightScanner();

        Assert.False(Scan(ref scanner, [22, 3, 1, 0, 0, 22, 3, 1, 0, 0]));
        Assert.True(Scan(ref scanner, Hello));
    }

    private static bool Scan(ref FlightScanner scanner, byte[] bytes) => scanner.Scan(new ReadOnlySequence<byte>(bytes));
}
