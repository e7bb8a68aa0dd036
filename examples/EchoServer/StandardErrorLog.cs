using Microsoft.Extensions.Logging;

namespace EchoServer;

/// <summary>Writes every message to stderr, each on a line of its own: stdout says only where the server listens.</summary>
internal static class StandardErrorLog
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddSimpleConsole(static line =>
        {
            line.SingleLine = true;
            line.TimestampFormat = "HH:mm:ss.fff ";
        });
    }
}
