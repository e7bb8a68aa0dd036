#nullable disable
namespace DotNetty.Handlers;

/// <summary>Something that should have happened by now has not.</summary>
public class TimeoutException : IOException
{
    public TimeoutException(string message)
        : base(message)
    {
    }

    public TimeoutException()
    {
    }
}
