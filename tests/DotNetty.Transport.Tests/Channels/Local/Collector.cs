using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Tests.Channels.Local;

/// <summary>Keeps what it reads, for the test to release, and tells when it has so many messages.</summary>
internal sealed class Collector(int expected) : ChannelHandlerAdapter
{
    private readonly TaskCompletionSource<List<object>> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<object> _messages = [];
    private int _count;
    private int _readCompletes;

    public int Count => Volatile.Read(ref _count);

    public int ReadCompletes => Volatile.Read(ref _readCompletes);

    public Task<List<object>> All() => Within.Reached(_complete.Task);

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        _messages.Add(message);
        Volatile.Write(ref _count, _messages.Count);
        if (_messages.Count == expected)
        {
            _complete.TrySetResult(_messages);
        }
    }

    public override void ChannelReadComplete(IChannelHandlerContext context) => Interlocked.Increment(ref _readCompletes);
}
