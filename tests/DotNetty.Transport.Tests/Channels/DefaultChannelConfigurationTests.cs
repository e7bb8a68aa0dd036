using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class DefaultChannelConfigurationTests
{
    private readonly IChannelConfiguration _configuration = new EmbeddedChannel().Configuration;

    [Fact]
    public void Every_option_reads_back_what_was_set()
    {
        var receive = new FixedRecvByteBufAllocator(10);
        var estimator = new DefaultMessageSizeEstimator(3);

        Sets(ChannelOption.ConnectTimeout, TimeSpan.FromSeconds(7));
        Sets(ChannelOption.WriteSpinCount, 3);
        Sets(ChannelOption.AutoRead, false);
        Sets(ChannelOption.Allocator, UnpooledByteBufferAllocator.Default);
        Sets(ChannelOption.RcvbufAllocator, receive);
        Sets(ChannelOption.MessageSizeEstimator, estimator);
        Sets(ChannelOption.WriteBufferHighWaterMark, 100);
        Sets(ChannelOption.WriteBufferLowWaterMark, 50);
    }

    [Fact]
    public void Changing_one_option_changes_no_other_and_no_other_channels()
    {
        IChannelConfiguration other = new EmbeddedChannel().Configuration;
        var receive = new FixedRecvByteBufAllocator(10);
        var estimator = new DefaultMessageSizeEstimator(3);

        _configuration.SetOption(ChannelOption.Allocator, UnpooledByteBufferAllocator.Default);
        _configuration.SetOption(ChannelOption.MessageSizeEstimator, estimator);
        _configuration.SetOption(ChannelOption.ConnectTimeout, TimeSpan.FromSeconds(7));
        _configuration.SetOption(ChannelOption.RcvbufAllocator, receive);

        Assert.Equal(
            (UnpooledByteBufferAllocator.Default, estimator, TimeSpan.FromSeconds(7), receive),
            (_configuration.Allocator, _configuration.MessageSizeEstimator, _configuration.ConnectTimeout, _configuration.RecvByteBufAllocator));
        Assert.Same(PooledByteBufferAllocator.Default, other.Allocator);
        Assert.NotSame(estimator, other.MessageSizeEstimator);
        Assert.NotSame(receive, other.RecvByteBufAllocator);
        Assert.Equal(TimeSpan.FromSeconds(30), other.ConnectTimeout);
    }

    [Theory]
    [InlineData(8, 4, true)]
    [InlineData(8, 4, false)]
    [InlineData(1_000_000, 500_000, true)]
    [InlineData(1_000_000, 500_000, false)]
    public void The_water_marks_may_be_set_in_either_order(int high, int low, bool highFirst)
    {
        if (highFirst)
        {
            _configuration.WriteBufferHighWaterMark = high;
        }

        _configuration.WriteBufferLowWaterMark = low;
        _configuration.WriteBufferHighWaterMark = high;

        Assert.Equal((high, low), (_configuration.WriteBufferHighWaterMark, _configuration.WriteBufferLowWaterMark));
    }

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        Assert.Equal(64 * 1024, _configuration.WriteBufferHighWaterMark);
        Assert.Equal(32 * 1024, _configuration.WriteBufferLowWaterMark);
        Assert.True(_configuration.AutoRead);
        Assert.Same(PooledByteBufferAllocator.Default, _configuration.Allocator);
    }

    [Fact]
    public void Refuses_values_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _configuration.WriteSpinCount = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _configuration.ConnectTimeout = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _configuration.WriteBufferHighWaterMark = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => _configuration.WriteBufferLowWaterMark = -1);
        Assert.Throws<ArgumentNullException>(() => _configuration.Allocator = null);
        Assert.Throws<ArgumentNullException>(() => _configuration.RecvByteBufAllocator = null);
        Assert.Throws<ArgumentNullException>(() => _configuration.MessageSizeEstimator = null);
        Assert.Throws<ArgumentNullException>(() => _configuration.SetOption(ChannelOption.Allocator, null));
    }

    [Fact]
    public void Says_that_it_does_not_know_an_option()
    {
        Assert.False(_configuration.SetOption(ChannelOption.SoBacklog, 5));
        Assert.Equal(0, _configuration.GetOption(ChannelOption.SoBacklog));
    }

    private void Sets<T>(ChannelOption<T> option, T value)
    {
        Assert.True(_configuration.SetOption(option, value));
        Assert.Equal(value, _configuration.GetOption(option));
    }
}
