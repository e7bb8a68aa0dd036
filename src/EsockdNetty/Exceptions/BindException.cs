using System.Net.Sockets;

namespace EsockdNetty;

/// <summary>A listener cannot listen at its address; the message says why and what to do.</summary>
public sealed class BindException : IOException
{
    /// <summary>Names the listener's option, its value, the cause and the remedy.</summary>
    public BindException(string listener, string address, SocketError error, Exception? innerException = null)
        : this(new OptionFault($"Listeners:{listener}:Address", address, IsPath(address) ? ExplainPath(error) : Explain(error)), address, error, innerException)
    {
    }

    /// <summary>A socket that was handed in, and cannot be used for the reason that the remedy gives.</summary>
    internal BindException(string listener, string address, string remedy)
        : this(new OptionFault($"Listeners:{listener}:Address", address, remedy), address, SocketError.NotSocket, null)
    {
    }

    private BindException(OptionFault fault, string address, SocketError error, Exception? innerException)
        : base(fault.ToString(), innerException)
    {
        Fault = fault;
        Address = address;
        Error = error;
    }

    /// <summary>The listener's option, its value, and what is wrong with it.</summary>
    public OptionFault Fault { get; }

    /// <summary>The address as it was given.</summary>
    public string Address { get; }

    /// <summary>What the system said.</summary>
    public SocketError Error { get; }

    private static bool IsPath(string address) => address.StartsWith("unix:", StringComparison.OrdinalIgnoreCase);

    private static string ExplainPath(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "the path is in use: stop the program that listens there, or remove the file of that name, or choose another path",
        SocketError.AddressNotAvailable => "there is no such folder: make it, or choose another path",
        _ => Explain(error),
    };

    private static string Explain(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use: stop the other program, or choose another port (0 lets the system choose)",
        SocketError.AccessDenied => "permission denied: choose a port of 1024 or above, a path you may write to, or give the program the right (CAP_NET_BIND_SERVICE)",
        SocketError.AddressNotAvailable => "this machine has no such address: use one of its own, 0.0.0.0 or [::]",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is unknown: correct it, or use an address",
        SocketError.AddressFamilyNotSupported => "this machine does not speak that protocol: use an address of another family",
        SocketError.NotSocket => "the socket that was handed in has been closed: start the program anew",
        SocketError.TooManyOpenSockets => "no descriptor is free: raise the hard limit (LimitNOFILE, --ulimit)",
        _ => $"the system cannot listen there ({new SocketException((int)error).Message}): choose another address",
    };
}
