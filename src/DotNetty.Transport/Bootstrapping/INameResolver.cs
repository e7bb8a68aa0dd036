#nullable disable
using System.Net;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Turns names into addresses.</summary>
public interface INameResolver
{
    bool IsResolved(EndPoint address);

    Task<EndPoint> ResolveAsync(EndPoint address);
}
