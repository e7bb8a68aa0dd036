using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class RecvByteBufAllocatorTests
{
    private readonly IChannelConfiguration _configuration = new EmbeddedChannel().Configuration;

    [Fact]
    public void Adapts_up_at_once_and_down_after_two_small_reads()
    {
        IRecvByteBufAllocatorHandle handle = new AdaptiveRecvByteBufAllocator(64, 1024, 4096).NewHandle();
        var guesses = new List<int> { handle.Guess() };

        foreach (int bytes in new[] { 1024, 2048, 4096, 10, 10, 10, 10, 3000 })
        {
            Read(handle, bytes);
            guesses.Add(handle.Guess());
        }

        Assert.Equal([1024, 2048, 4096, 4096, 4096, 2048, 2048, 1024, 2048], guesses);
    }

    [Fact]
    public void Stays_within_its_bounds()
    {
        IRecvByteBufAllocatorHandle handle = new AdaptiveRecvByteBufAllocator(512, 512, 1024).NewHandle();

        for (int i = 0; i < 4; i++)
        {
            Read(handle, 1);
        }

        int least = handle.Guess();
        for (int i = 0; i < 4; i++)
        {
            Read(handle, 5000);
        }

        Assert.Equal((512, 1024), (least, handle.Guess()));
    }

    [Fact]
    public void Goes_on_only_while_buffers_are_filled_and_messages_are_left()
    {
        var allocator = new FixedRecvByteBufAllocator(10) { MaxMessagesPerRead = 2 };
        IRecvByteBufAllocatorHandle handle = allocator.NewHandle();

        handle.Reset(_configuration);
        bool first = Receive(handle, 10);
        bool second = Receive(handle, 10);
        handle.Reset(_configuration);
        bool partial = Receive(handle, 9);

        Assert.Equal((true, false, false), (first, second, partial));
    }

    [Fact]
    public void Refuses_sizes_that_make_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedRecvByteBufAllocator(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveRecvByteBufAllocator(0, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveRecvByteBufAllocator(2, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveRecvByteBufAllocator(1, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedRecvByteBufAllocator(1).MaxMessagesPerRead = 0);
    }

    private void Read(IRecvByteBufAllocatorHandle handle, int bytes)
    {
        handle.Reset(_configuration);
        Receive(handle, bytes);
        handle.ReadComplete();
    }

    private static bool Receive(IRecvByteBufAllocatorHandle handle, int bytes)
    {
        handle.AttemptedBytesRead = handle.Guess();
        handle.LastBytesRead = bytes;
        handle.IncMessagesRead(1);
        return handle.ContinueReading();
    }
}
