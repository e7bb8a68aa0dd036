#nullable disable
using System.Net;
using DotNetty.Common;

namespace DotNetty.Transport.Channels;

/// <summary>A message together with whom it is from and whom it is for.</summary>
public interface IAddressedEnvelope<T> : IReferenceCounted
{
    /// <summary>The message itself.</summary>
    T Content { get; }

    /// <summary>Whom it is from; null for one that is still to be sent.</summary>
    EndPoint Sender { get; }

    /// <summary>Whom it is for.</summary>
    EndPoint Recipient { get; }
}
