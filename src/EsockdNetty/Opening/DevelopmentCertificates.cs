namespace EsockdNetty.Opening;

/// <summary>Knows the certificates that come with the source: their keys are public.</summary>
internal static class DevelopmentCertificates
{
    private const string Issuer = "CN=EsockdNetty development CA";

    public static bool Serves(TlsOptions tls) => tls.Certificate?.Issuer?.Contains(Issuer, StringComparison.Ordinal) ?? false;
}
