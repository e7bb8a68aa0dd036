#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>A receive allocator that also bounds how many messages one read gives.</summary>
public abstract class DefaultMaxMessagesRecvByteBufAllocator : IMaxMessagesRecvByteBufAllocator
{
    private volatile int _maxMessagesPerRead;

    protected DefaultMaxMessagesRecvByteBufAllocator()
        : this(1)
    {
    }

    /// <param name="maxMessagesPerRead">At least 1.</param>
    protected DefaultMaxMessagesRecvByteBufAllocator(int maxMessagesPerRead) => MaxMessagesPerRead = maxMessagesPerRead;

    public int MaxMessagesPerRead
    {
        get => _maxMessagesPerRead;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxMessagesPerRead = value;
        }
    }

    public abstract IRecvByteBufAllocatorHandle NewHandle();

    /// <summary>Stops a read at the bound, or when the last buffer was not filled.</summary>
    protected abstract class MaxMessageHandle<T> : IRecvByteBufAllocatorHandle
        where T : IMaxMessagesRecvByteBufAllocator
    {
        protected readonly T Owner;

        private IChannelConfiguration _config;
        private int _messages;
        private int _bytes;
        private int _lastBytesRead;

        protected MaxMessageHandle(T owner) => Owner = owner;

        public int LastBytesRead
        {
            get => _lastBytesRead;
            set
            {
                _lastBytesRead = value;
                if (value > 0)
                {
                    _bytes = (int)Math.Min(int.MaxValue, (long)_bytes + value);
                }
            }
        }

        public virtual int AttemptedBytesRead { get; set; }

        public abstract int Guess();

        public IByteBuffer Allocate(IByteBufferAllocator alloc) => alloc.Buffer(Guess());

        public void Reset(IChannelConfiguration config)
        {
            _config = config;
            _messages = 0;
            _bytes = 0;
        }

        public void IncMessagesRead(int amt) => _messages += amt;

        public virtual bool ContinueReading() =>
            _config.AutoRead && _messages < Owner.MaxMessagesPerRead && AttemptedBytesRead == LastBytesRead && _bytes > 0;

        public virtual void ReadComplete()
        {
        }

        protected int TotalBytesRead() => _bytes;
    }
}
