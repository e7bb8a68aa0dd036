namespace DotNetty.Transport.Channels;

/// <summary>A handler could not be added or removed in order.</summary>
public class ChannelPipelineException : ChannelException
{
    public ChannelPipelineException(string? message)
        : base(message)
    {
    }

    public ChannelPipelineException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
