namespace EsockdNetty.Accepting;

/// <summary>Waits for a permit of a <see cref="ConnectionLimit"/>.</summary>
internal interface IPermitWaiter
{
    /// <summary>The permit is yours. Called once, on any thread; must not block or throw.</summary>
    void OnPermit();
}
