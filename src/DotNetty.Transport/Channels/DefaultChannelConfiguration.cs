#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>The options every channel has.</summary>
public class DefaultChannelConfiguration : IChannelConfiguration
{
    protected readonly IChannel Channel;

    // One for all channels that have changed nothing of it.
    private volatile Rarities _rare;
    private volatile bool _autoRead = true;
    private volatile int _writeSpinCount = 16;
    private volatile int _highWaterMark = 64 * 1024;
    private volatile int _lowWaterMark = 32 * 1024;

    public DefaultChannelConfiguration(IChannel channel)
        : this(channel, LoopRecvByteBufAllocator.Default)
    {
    }

    public DefaultChannelConfiguration(IChannel channel, IRecvByteBufAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(allocator);
        Channel = channel;
        _rare = allocator == Rarities.Default.RecvByteBufAllocator ? Rarities.Default : Rarities.Default with { RecvByteBufAllocator = allocator };
    }

    public TimeSpan ConnectTimeout
    {
        get => _rare.ConnectTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Change(value, static (rare, value) => rare with { ConnectTimeout = value });
        }
    }

    public int WriteSpinCount
    {
        get => _writeSpinCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _writeSpinCount = value;
        }
    }

    public IByteBufferAllocator Allocator
    {
        get => _rare.Allocator;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(value, static (rare, value) => rare with { Allocator = value });
        }
    }

    public IRecvByteBufAllocator RecvByteBufAllocator
    {
        get => _rare.RecvByteBufAllocator;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(value, static (rare, value) => rare with { RecvByteBufAllocator = value });
        }
    }

    public IMessageSizeEstimator MessageSizeEstimator
    {
        get => _rare.MessageSizeEstimator;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(value, static (rare, value) => rare with { MessageSizeEstimator = value });
        }
    }

    public bool AutoRead
    {
        get => _autoRead;
        set
        {
            bool before = _autoRead;
            _autoRead = value;
            if (value && !before)
            {
                Channel.Read();
            }
            else if (!value && before)
            {
                AutoReadCleared();
            }
        }
    }

    public int WriteBufferHighWaterMark
    {
        get => _highWaterMark;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);

            // The other mark gives way: two options set together mean both, in whichever order they are applied.
            _lowWaterMark = Math.Min(_lowWaterMark, value);
            _highWaterMark = value;
        }
    }

    public int WriteBufferLowWaterMark
    {
        get => _lowWaterMark;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _highWaterMark = Math.Max(_highWaterMark, value);
            _lowWaterMark = value;
        }
    }

    public virtual T GetOption<T>(ChannelOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        object value = option switch
        {
            _ when ChannelOption.ConnectTimeout.Equals(option) => ConnectTimeout,
            _ when ChannelOption.WriteSpinCount.Equals(option) => WriteSpinCount,
            _ when ChannelOption.Allocator.Equals(option) => Allocator,
            _ when ChannelOption.RcvbufAllocator.Equals(option) => RecvByteBufAllocator,
            _ when ChannelOption.AutoRead.Equals(option) => AutoRead,
            _ when ChannelOption.WriteBufferHighWaterMark.Equals(option) => WriteBufferHighWaterMark,
            _ when ChannelOption.WriteBufferLowWaterMark.Equals(option) => WriteBufferLowWaterMark,
            _ when ChannelOption.MessageSizeEstimator.Equals(option) => MessageSizeEstimator,
            _ => default(T),
        };
        return (T)value;
    }

    public bool SetOption(ChannelOption option, object value)
    {
        ArgumentNullException.ThrowIfNull(option);
        return option.Set(this, value);
    }

    public virtual bool SetOption<T>(ChannelOption<T> option, T value)
    {
        Validate(option, value);
        switch (value)
        {
            case TimeSpan timeout when ChannelOption.ConnectTimeout.Equals(option):
                ConnectTimeout = timeout;
                return true;
            case int count when ChannelOption.WriteSpinCount.Equals(option):
                WriteSpinCount = count;
                return true;
            case int high when ChannelOption.WriteBufferHighWaterMark.Equals(option):
                WriteBufferHighWaterMark = high;
                return true;
            case int low when ChannelOption.WriteBufferLowWaterMark.Equals(option):
                WriteBufferLowWaterMark = low;
                return true;
            case bool autoRead when ChannelOption.AutoRead.Equals(option):
                AutoRead = autoRead;
                return true;
            case IByteBufferAllocator allocator when ChannelOption.Allocator.Equals(option):
                Allocator = allocator;
                return true;
            case IRecvByteBufAllocator allocator when ChannelOption.RcvbufAllocator.Equals(option):
                RecvByteBufAllocator = allocator;
                return true;
            case IMessageSizeEstimator estimator when ChannelOption.MessageSizeEstimator.Equals(option):
                MessageSizeEstimator = estimator;
                return true;
            default:
                return false;
        }
    }

    protected virtual void AutoReadCleared()
    {
    }

    protected virtual void Validate<T>(ChannelOption<T> option, T value)
    {
        ArgumentNullException.ThrowIfNull(option);
        option.Validate(value);
    }

    // Any thread, and each of its own option: what another one has changed meanwhile stays.
    private void Change<T>(T value, Func<Rarities, T, Rarities> change)
    {
        Rarities before;
        Rarities after;
        do
        {
            before = _rare;
            after = change(before, value);
            if (after == before)
            {
                return;
            }
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _rare, after, before), before));
    }

    /// <summary>What hardly any channel has otherwise than all others.</summary>
    private sealed record Rarities(
        IByteBufferAllocator Allocator, IRecvByteBufAllocator RecvByteBufAllocator, IMessageSizeEstimator MessageSizeEstimator, TimeSpan ConnectTimeout)
    {
        public static readonly Rarities Default = new(
            PooledByteBufferAllocator.Default, LoopRecvByteBufAllocator.Default, DefaultMessageSizeEstimator.Default, TimeSpan.FromSeconds(30));
    }
}
