using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EsockdNetty;

/// <summary>Where a certificate and its key come from. Loaded when a listener opens.</summary>
public abstract class CertificateSource
{
    private protected CertificateSource()
    {
    }

    /// <summary>A PEM file with the certificate (and those between it and its root), and one with its key; the key may stand in the same file.</summary>
    public static CertificateSource Pem(string certificatePath, string? keyPath = null) => new PemSource(certificatePath, keyPath);

    /// <summary>A PFX (PKCS #12) file.</summary>
    public static CertificateSource Pfx(string path, string? password = null) => new PfxSource(path, password);

    /// <summary>A certificate with its key, loaded already.</summary>
    public static CertificateSource From(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new LoadedSource(certificate);
    }

    /// <summary>Who signed what was loaded last.</summary>
    internal string? Issuer { get; private set; }

    /// <summary>Loads certificate and chain; a failure is a fault of the option.</summary>
    internal SslStreamCertificateContext? Load(OptionFaults faults)
    {
        try
        {
            (X509Certificate2 certificate, X509Certificate2Collection chain) = Read();
            Issuer = certificate.Issuer;
            if (certificate.HasPrivateKey)
            {
                return SslStreamCertificateContext.Create(certificate, chain, offline: true);
            }

            faults.Add("Tls:Certificate", this, "the certificate has no private key: name the file that holds it");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add("Tls:Certificate", this, $"a file cannot be read ({fault.Message.TrimEnd('.')}): correct the path or its permissions");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            faults.Add("Tls:Certificate", this, $"{fault.Message.TrimEnd('.')}: give a certificate and its private key");
        }

        return null;
    }

    private protected abstract (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read();

    private sealed class PemSource(string certificatePath, string? keyPath) : CertificateSource
    {
        public override string ToString() => keyPath is null ? certificatePath : $"{certificatePath} with {keyPath}";

        private protected override (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read()
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificatePath);
            return chain.Count > 0 ? (ReadWithKey(), chain) : throw new CryptographicException("the file holds no PEM certificate");
        }

        private X509Certificate2 ReadWithKey()
        {
            try
            {
                return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
            }
            catch (Exception fault) when (fault is CryptographicException or ArgumentException)
            {
                throw new CryptographicException($"{keyPath ?? certificatePath} holds no key that belongs to the certificate", fault);
            }
        }
    }

    private sealed class PfxSource(string path, string? password) : CertificateSource
    {
        public override string ToString() => path;

        private protected override (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read()
        {
            X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12Collection(File.ReadAllBytes(path), password);
            X509Certificate2 certificate = all.FirstOrDefault(static candidate => candidate.HasPrivateKey) ?? all[0];
            return (certificate, all);
        }
    }

    private sealed class LoadedSource(X509Certificate2 certificate) : CertificateSource
    {
        public override string ToString() => certificate.Subject;

        private protected override (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read() => (certificate, []);
    }
}
