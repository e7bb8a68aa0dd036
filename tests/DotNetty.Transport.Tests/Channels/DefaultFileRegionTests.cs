using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Tests.Channels;

public sealed class DefaultFileRegionTests : IDisposable
{
    private readonly TemporaryFile _file = new(200_000);

    public void Dispose() => _file.Dispose();

    [Fact]
    public void The_region_is_transferred_whole_and_nothing_else()
    {
        var target = new MemoryStream();
        var region = new DefaultFileRegion(_file.Open(), 1000, 150_000);

        long transferred = region.TransferTo(target, 0);

        Assert.Equal(150_000, transferred);
        Assert.Equal(_file.Content[1000..151_000], target.ToArray());
        Assert.Equal((1000, 150_000, 150_000), (region.Position, region.Count, region.Transferred));
        region.Release();
    }

    [Fact]
    public void A_transfer_may_begin_in_the_middle()
    {
        var target = new MemoryStream();
        var region = new DefaultFileRegion(_file.Open(), 1000, 500);

        Assert.Equal(100, region.TransferTo(target, 400));
        Assert.Equal(0, region.TransferTo(target, 500));

        Assert.Equal(_file.Content[1400..1500], target.ToArray());
        region.Release();
    }

    [Fact]
    public void A_position_outside_the_region_is_refused()
    {
        var region = new DefaultFileRegion(_file.Open(), 0, 500);

        Assert.Throws<ArgumentOutOfRangeException>(() => region.TransferTo(Stream.Null, 501));
        Assert.Throws<ArgumentOutOfRangeException>(() => region.TransferTo(Stream.Null, -1));

        region.Release();
    }

    [Fact]
    public void A_file_that_ends_before_the_region_does_is_an_error()
    {
        var region = new DefaultFileRegion(_file.Open(), 199_900, 500);

        Assert.Throws<EndOfStreamException>(() => region.TransferTo(Stream.Null, 0));

        region.Release();
    }

    [Fact]
    public void The_last_release_closes_the_file()
    {
        FileStream file = _file.Open();
        var region = new DefaultFileRegion(file, 0, 1);

        region.Retain();
        region.Release();
        bool open = file.CanRead;
        region.Release();

        Assert.True(open);
        Assert.False(file.CanRead);
    }

    [Fact]
    public void Its_size_is_what_it_will_send()
    {
        var region = new DefaultFileRegion(_file.Open(), 10, 100);

        Assert.Equal(100, DefaultMessageSizeEstimator.Default.NewHandle().Size(region));

        region.Release();
    }
}
