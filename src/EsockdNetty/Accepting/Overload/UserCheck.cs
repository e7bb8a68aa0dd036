using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting.Overload;

/// <summary>The application's own judgement. Where it fails nobody is refused for it, and that is told once until it works again.</summary>
internal sealed partial class UserCheck(Func<Func<string?>?> reason, ILogger logger) : IOverloadCheck
{
    private bool _failing;

    public string? Judge()
    {
        try
        {
            string? judgement = reason()?.Invoke();
            _failing = false;
            return judgement;
        }
        catch (Exception fault)
        {
            if (!_failing)
            {
                Log.Failed(logger, fault);
            }

            _failing = true;
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(222, LogLevel.Error, "Overload:Reason failed and counts as no reason; it is asked again every second, and later failures are not listed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
