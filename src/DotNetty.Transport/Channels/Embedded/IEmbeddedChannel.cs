#nullable disable
namespace DotNetty.Transport.Channels.Embedded;

/// <summary>A channel without a network: a test writes into it and reads out of it.</summary>
public interface IEmbeddedChannel : IChannel
{
    /// <summary>Lets messages come in as if received in one read.</summary>
    /// <returns>True when something has reached the end of the pipeline.</returns>
    bool WriteInbound(params object[] msgs);

    /// <summary>Writes messages and flushes.</summary>
    /// <returns>True when something has reached the transport.</returns>
    bool WriteOutbound(params object[] msgs);

    /// <summary>Takes the next message that reached the end of the pipeline; the default where there is none.</summary>
    T ReadInbound<T>();

    /// <summary>Takes the next message that reached the transport; the default where there is none.</summary>
    T ReadOutbound<T>();

    /// <summary>Closes the channel.</summary>
    /// <returns>True when there is something left to read on either side.</returns>
    bool Finish();
}
