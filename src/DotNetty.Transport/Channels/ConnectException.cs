#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>A connection could not be made.</summary>
public class ConnectException : Exception
{
    public ConnectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
