using System.Security.Cryptography.X509Certificates;

namespace EsockdNetty.Tests.Support;

/// <summary>The development certificates of the repository.</summary>
internal static class TestCertificates
{
    public static CertificateSource Server => CertificateSource.Pem(At("server.pem"), At("server-key.pem"));

    public static X509Certificate2 Client => X509CertificateLoader.LoadPkcs12FromFile(At("client.pfx"), null);

    public static string At(string name) => Path.Combine(Repository.Folder, "certs", name);

    /// <summary>Trusts the development authority alone.</summary>
    public static X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(At("ca.pem"));
        return policy;
    }
}
