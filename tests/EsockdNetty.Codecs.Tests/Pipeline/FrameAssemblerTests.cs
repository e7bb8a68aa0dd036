using System.Text;
using DotNetty.Buffers;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public class FrameAssemblerTests : LeakFreeTests
{
    private static readonly UnpooledByteBufferAllocator Allocator = UnpooledByteBufferAllocator.Default;

    private readonly FrameAssembler _frames = new();
    private readonly List<IByteBuffer> _taken = [];

    public override void Dispose()
    {
        ReleaseAll();
        base.Dispose();
    }

    [Fact]
    public void Frames_of_one_buffer_are_slices_of_it()
    {
        IByteBuffer received = Unpooled.CopiedBuffer("\u0002ab\u0003cde"u8.ToArray());
        _frames.Add(Allocator, received);

        List<IByteBuffer> taken = TakeAll(PacketType.One);

        Assert.Equal(["ab", "cde"], taken.Select(Text));
        Assert.All(taken, frame => Assert.Same(received.Array, frame.Array));
        Assert.All(taken, frame => Assert.Equal(0, frame.ReaderIndex));
        Assert.Equal(0, _frames.PendingBytes);
        ReleaseAll();
        Assert.Equal(0, received.ReferenceCount);
    }

    [Fact]
    public void A_frame_that_spans_buffers_is_completed_and_those_behind_it_are_slices()
    {
        IByteBuffer first = Unpooled.CopiedBuffer("\u0004ab"u8.ToArray());
        IByteBuffer second = Unpooled.CopiedBuffer("cd\u0003xyz\u0005"u8.ToArray());
        _frames.Add(Allocator, first);
        Assert.Empty(TakeAll(PacketType.One));
        _frames.Add(Allocator, second);

        List<IByteBuffer> taken = TakeAll(PacketType.One);

        Assert.Equal(["abcd", "xyz"], taken.Select(Text));
        Assert.Same(second.Array, taken[1].Array);
        Assert.Equal(1, _frames.PendingBytes);
        ReleaseAll();
        Assert.Equal((0, 0), (first.ReferenceCount, second.ReferenceCount));
    }

    [Fact]
    public void A_received_buffer_is_never_written_to()
    {
        byte[] shared = "\u0004ab--"u8.ToArray();
        _frames.Add(Allocator, Unpooled.WrappedBuffer(shared).SetWriterIndex(3));
        _frames.Add(Allocator, Unpooled.CopiedBuffer("cd"u8.ToArray()));

        List<IByteBuffer> taken = TakeAll(PacketType.One);

        Assert.Equal(["abcd"], taken.Select(Text));
        Assert.Equal("\u0004ab--", Encoding.ASCII.GetString(shared));
    }

    [Fact]
    public void An_announced_length_gets_no_memory_before_its_bytes_arrive()
    {
        RecordingAllocator allocator = new();
        PacketParser parser = new(PacketType.Four, int.MaxValue - 4);
        _frames.Add(allocator, Unpooled.CopiedBuffer([0x7F, 0xFF, 0xFF, 0xFB]));
        _frames.Next(parser, allocator, out _);

        for (int i = 0; i < 100; i++)
        {
            _frames.Add(allocator, Unpooled.CopiedBuffer(new byte[100]));
            _frames.Next(parser, allocator, out _);
        }

        Assert.Equal(10_004, _frames.PendingBytes);
        Assert.InRange(allocator.Largest, 10_004, 2 * 10_004);
        Assert.InRange(allocator.Count, 1, 10);
    }

    [Fact]
    public void A_frame_of_known_length_gets_no_more_memory_than_that()
    {
        RecordingAllocator allocator = new();
        PacketParser parser = new(PacketType.Two);
        _frames.Add(allocator, Unpooled.CopiedBuffer([0x00, 0x64, 1, 2, 3]));
        _frames.Next(parser, allocator, out _);
        _frames.Add(allocator, Unpooled.CopiedBuffer(new byte[90]));
        _frames.Next(parser, allocator, out _);

        Assert.Equal(95, _frames.PendingBytes);
        Assert.Equal(102, allocator.Largest);
    }

    [Fact]
    public void A_small_rest_does_not_keep_a_large_buffer()
    {
        IByteBuffer received = Allocator.Buffer(65536).WriteBytes("\u0005ab"u8);
        _frames.Add(Allocator, received);

        _frames.Compact(Allocator);

        Assert.Equal(0, received.ReferenceCount);
        Assert.Equal(3, _frames.PendingBytes);
    }

    [Fact]
    public void A_rest_that_fills_half_of_its_buffer_stays_there()
    {
        IByteBuffer received = Allocator.Buffer(6).WriteBytes("\u0005ab"u8);
        _frames.Add(Allocator, received);

        _frames.Compact(Allocator);

        Assert.Equal(1, received.ReferenceCount);
    }

    [Fact]
    public void Buffers_that_wait_are_kept_in_order()
    {
        foreach (string part in (string[])["\u0001a\u0001b", "\u0001c\u0002", "de", "\u0001", "f"])
        {
            _frames.Add(Allocator, Unpooled.CopiedBuffer(Encoding.ASCII.GetBytes(part)));
        }

        Assert.Equal(["a", "b", "c", "de", "f"], TakeAll(PacketType.One).Select(Text));
    }

    [Fact]
    public void A_buffer_of_several_pieces_is_gathered()
    {
        IByteBuffer scattered = Unpooled.WrappedBuffer(Unpooled.CopiedBuffer("\u0003a"u8.ToArray()), Unpooled.CopiedBuffer("bc\u0001d"u8.ToArray()));
        _frames.Add(Allocator, scattered);

        List<IByteBuffer> taken = TakeAll(PacketType.One);

        Assert.Equal(["abc", "d"], taken.Select(Text));
        Assert.Equal(0, scattered.ReferenceCount);
    }

    [Fact]
    public void What_is_not_used_can_be_taken_back_in_order()
    {
        _frames.Add(Allocator, Unpooled.CopiedBuffer("ab"u8.ToArray()));
        _frames.Add(Allocator, Unpooled.CopiedBuffer("cd"u8.ToArray()));

        while (_frames.TakeRest() is { } rest)
        {
            _taken.Add(rest);
        }

        Assert.Equal(["ab", "cd"], _taken.Select(Text));
        Assert.True(_frames.IsEmpty);
    }

    private List<IByteBuffer> TakeAll(PacketType type)
    {
        PacketParser parser = new(type);
        List<IByteBuffer> taken = [];
        while (_frames.Next(parser, Allocator, out IByteBuffer? frame).Status == PacketStatus.Packet)
        {
            taken.Add(frame!);
        }

        _taken.AddRange(taken);
        return taken;
    }

    private void ReleaseAll()
    {
        _taken.ForEach(frame => frame.Release());
        _taken.Clear();
        _frames.Release();
    }

    private static string Text(IByteBuffer buffer) => buffer.ToString(Encoding.ASCII);
}
