#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>The options of one channel.</summary>
public interface IChannelConfiguration
{
    /// <summary>How long a connect may take. Default: 30 s. Zero: without end.</summary>
    TimeSpan ConnectTimeout { get; set; }

    /// <summary>How often one flush may write before it lets other channels have their turn. Default: 16.</summary>
    int WriteSpinCount { get; set; }

    IByteBufferAllocator Allocator { get; set; }

    IRecvByteBufAllocator RecvByteBufAllocator { get; set; }

    /// <summary>
    /// True (default): the transport reads by itself, at activation and after each read. It belongs to the application; a stage that wants a
    /// pause withholds <see cref="IChannelHandler.Read"/> instead.
    /// </summary>
    bool AutoRead { get; set; }

    /// <summary>Bytes waiting to be sent above which the channel is not writable. Default: 64 KiB.</summary>
    int WriteBufferHighWaterMark { get; set; }

    /// <summary>Bytes waiting to be sent below which the channel is writable again. Default: 32 KiB.</summary>
    int WriteBufferLowWaterMark { get; set; }

    IMessageSizeEstimator MessageSizeEstimator { get; set; }

    /// <returns>The option's value; its type's default where the channel has no such option.</returns>
    T GetOption<T>(ChannelOption<T> option);

    /// <returns>False where the channel has no such option.</returns>
    bool SetOption(ChannelOption option, object value);

    /// <inheritdoc cref="SetOption(ChannelOption, object)"/>
    bool SetOption<T>(ChannelOption<T> option, T value);
}
