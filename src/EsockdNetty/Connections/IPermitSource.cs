namespace EsockdNetty.Connections;

/// <summary>Gives permits that a connection holds while it lives. Its <see cref="ConnectionLease"/> gives them back.</summary>
public interface IPermitSource
{
    /// <summary>Takes one permit back. Called once for each that was given, on any thread; must not throw.</summary>
    void Release();
}
