using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;

namespace EsockdNetty.Diagnostics;

/// <summary>
/// The activity of a connection's way in: from its accept until it is admitted, refused, or ended before. It is kept in the connection's lease and
/// is nobody's current one: a loop serves others meanwhile. Nothing is made where nobody listens.
/// </summary>
internal static class AcceptActivity
{
    private const string Name = "esockd.accept";

    private static readonly ActivitySource Source = new(DiagnosticNames.ActivitySource, DiagnosticNames.Version);

    public static void Begin(string listener, IChannel child)
    {
        if (Source.HasListeners())
        {
            ConnectionLease.Of(child).Accepting = Start(listener, child);
        }
    }

    public static void Admitted(ConnectionLease connection) => End(connection, null);

    public static void Refused(IChannel child, RefusalReason reason)
    {
        if (child is AbstractChannel { CloseListener: ConnectionLease { Accepting: not null } connection })
        {
            End(connection, reason.Word());
        }
    }

    /// <summary>Ends what is still on its way in.</summary>
    public static void Closed(ConnectionLease connection)
    {
        if (connection.Accepting is not null)
        {
            End(connection, connection.CloseReason?.Word() ?? "aborted");
        }
    }

    private static Activity? Start(string listener, IChannel child)
    {
        Activity? current = Activity.Current;
        Activity.Current = null;
        Activity? activity = Source.StartActivity(Name, ActivityKind.Server, default(ActivityContext), TagsOf(listener, child));
        Activity.Current = current;
        return activity;
    }

    private static void End(ConnectionLease connection, string? fault)
    {
        if (connection.TakeAccepting() is not { } activity)
        {
            return;
        }

        if (fault is not null)
        {
            activity.SetTag(DiagnosticNames.ErrorType, fault);
            activity.SetStatus(ActivityStatusCode.Error, fault);
        }

        // Ending makes the one before it current, which it was elsewhere, if at all.
        Activity? current = Activity.Current;
        activity.Dispose();
        Activity.Current = current;
    }

    private static ActivityTagsCollection TagsOf(string listener, IChannel child)
    {
        EndPoint? peer = child.RemoteAddress;
        EndPoint? local = child.LocalAddress;
        var tags = new ActivityTagsCollection
        {
            [DiagnosticNames.Listener] = listener,
            [DiagnosticNames.NetworkTransport] = NetworkWords.TransportOf(local ?? peer),
        };
        AddAddress(tags, "network.peer", peer);
        AddAddress(tags, "network.local", local);
        if (NetworkWords.TypeOf(peer) is { } type)
        {
            tags[DiagnosticNames.NetworkType] = type;
        }

        return tags;
    }

    private static void AddAddress(ActivityTagsCollection tags, string side, EndPoint? address)
    {
        switch (address)
        {
            case IPEndPoint ip:
                tags[$"{side}.address"] = ip.Address.ToString();
                tags[$"{side}.port"] = ip.Port;
                break;
            case UnixDomainSocketEndPoint unix:
                tags[$"{side}.address"] = PeerText.Of(unix.ToString());
                break;
        }
    }
}
