using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>The repository's development certificates.</summary>
internal static class Certificates
{
    public static X509Certificate2 Authority { get; } = X509CertificateLoader.LoadCertificateFromFile(At("ca.pem"));

    public static X509Certificate2 Server { get; } = X509CertificateLoader.LoadPkcs12FromFile(At("server.pfx"), "");

    public static X509Certificate2 Client { get; } = X509CertificateLoader.LoadPkcs12FromFile(At("client.pfx"), "");

    private static string At(string name) => Path.Combine(RepositoryTree.Root, "certs", name);
}
