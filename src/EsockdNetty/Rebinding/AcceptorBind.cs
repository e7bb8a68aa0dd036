using System.Net;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Rebinding;

/// <summary>
/// Binds one acceptor of a listener, counted from 0. One that shares its port does not accept before its <c>AutoRead</c> is switched on.
/// </summary>
internal delegate Task<IChannel> AcceptorBind(int acceptor, EndPoint endPoint, PortUse use);
