# backend/scripts/setup_healthchecks.py

#!/usr/bin/env python3
"""
Script pour initialiser les checks Healthchecks.io
Usage: python scripts/setup_healthchecks.py
"""

import os
import sys
import json
import time
from typing import Dict, List

# Ajouter le backend au path
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from app.monitoring.healthchecks_client import healthchecks

# Configuration des checks à créer
CHECKS_CONFIG = [
    # Services Infrastructure
    {
        'name': 'PostgreSQL Database',
        'tags': 'database infrastructure tier1',
        'schedule': '30',  # 30 secondes
        'grace': 120,  # 2 minutes
        'desc': 'Main PostgreSQL database health'
    },
    {
        'name': 'Redis Cache/Broker',
        'tags': 'cache redis infrastructure tier1',
        'schedule': '30',
        'grace': 120,
        'desc': 'Redis for caching and Celery broker'
    },
    {
        'name': 'Flask API',
        'tags': 'api application tier1',
        'schedule': '60',
        'grace': 180,
        'desc': 'Main Flask API endpoints'
    },
    {
        'name': 'Celery Worker SSO',
        'tags': 'celery worker sso tier1',
        'schedule': '60',
        'grace': 300,
        'desc': 'SSO background task worker'
    },
    {
        'name': 'Celery Beat Scheduler',
        'tags': 'celery beat scheduler tier1',
        'schedule': '60',
        'grace': 300,
        'desc': 'Task scheduler'
    },

    # Services Tier 2
    {
        'name': 'Kafka Broker',
        'tags': 'kafka messaging tier2',
        'schedule': '120',
        'grace': 300,
        'desc': 'Apache Kafka message broker'
    },
    {
        'name': 'Kafka Consumer',
        'tags': 'kafka consumer worker tier2',
        'schedule': '120',
        'grace': 300,
        'desc': 'Kafka message consumer worker'
    },
    {
        'name': 'MinIO S3 Storage',
        'tags': 'minio storage s3 tier2',
        'schedule': '300',
        'grace': 600,
        'desc': 'S3-compatible object storage'
    },
    {
        'name': 'Vault Secrets',
        'tags': 'vault security secrets tier2',
        'schedule': '300',
        'grace': 600,
        'desc': 'HashiCorp Vault secrets management'
    },

    # Tâches planifiées
    {
        'name': 'SSO Token Refresh',
        'tags': 'task scheduled sso',
        'schedule': '*/15 * * * *',  # Toutes les 15 minutes
        'grace': 300,
        'desc': 'Refresh expiring SSO tokens'
    },
    {
        'name': 'Health Check Task',
        'tags': 'task scheduled monitoring',
        'schedule': '*/5 * * * *',  # Toutes les 5 minutes
        'grace': 120,
        'desc': 'Regular system health check'
    },
    {
        'name': 'Token Cleanup',
        'tags': 'task scheduled maintenance',
        'schedule': '0 2 * * *',  # 2h du matin
        'grace': 3600,
        'desc': 'Clean up expired tokens'
    },
    {
        'name': 'Encryption Key Rotation',
        'tags': 'task scheduled security',
        'schedule': '0 3 1 * *',  # 1er du mois à 3h
        'grace': 7200,
        'desc': 'Rotate Vault encryption keys'
    },

    # Check global
    {
        'name': 'Comprehensive Health Check',
        'tags': 'monitoring global all',
        'schedule': '600',  # 10 minutes
        'grace': 600,
        'desc': 'Full system health check'
    }
]

def setup_healthchecks():
    """Configure tous les checks Healthchecks.io"""

    print("◆ Setting up Healthchecks.io monitoring...")

    if not healthchecks.enabled:
        print("◆ Healthchecks is not enabled. Set HEALTHCHECKS_ENABLED=true")
        return False

    # Vérifier la connexion
    existing_checks = healthchecks.list_checks()
    print(f"✓ Connected to Healthchecks. Found {len(existing_checks)} existing checks.")

    created_checks = []
    failed_checks = []

    for check_config in CHECKS_CONFIG:
        print(f"\n📊 Creating check: {check_config['name']}")

        # Vérifier si le check existe déjà
        existing = [c for c in existing_checks if c['name'] == check_config['name']]
        if existing:
            print(f"  ⚠◆  Check already exists with ID: {existing[0]['ping_url'].split('/')[-1]}")
            created_checks.append(existing[0])
            continue

        # Créer le nouveau check
        check = healthchecks.create_check(
            name=check_config['name'],
            tags=check_config['tags'],
            schedule=check_config['schedule'],
            grace=check_config['grace']
        )

        if check:
            check_id = check.get('ping_url', '').split('/')[-1]
            print(f"  ✓ Created with ID: {check_id}")
            created_checks.append(check)
        else:
            print(f"  ◆ Failed to create check")
            failed_checks.append(check_config['name'])

        # Pause entre les créations pour éviter rate limiting
        time.sleep(0.5)

    # Générer le fichier de configuration
    print("\n◆ Generating environment variables...")
    env_vars = []

    for check in created_checks:
        name = check['name'].upper().replace(' ', '_').replace('-', '_')
        check_id = check.get('ping_url', '').split('/')[-1]
        env_vars.append(f"HC_CHECK_{name}={check_id}")

    env_file = 'healthchecks.env'
    with open(env_file, 'w') as f:
        f.write("# Healthchecks.io Check IDs\n")
        f.write("# Add these to your .env file\n\n")
        for var in sorted(env_vars):
            f.write(f"{var}\n")

    print(f"✓ Environment variables written to {env_file}")

    # Résumé
    print("\n" + "="*50)
    print("📊 SETUP SUMMARY")
    print("="*50)
    print(f"✓ Created: {len(created_checks)} checks")
    if failed_checks:
        print(f"◆ Failed: {len(failed_checks)} checks")
        for name in failed_checks:
            print(f"   - {name}")
    print(f"\n◆ Next steps:")
    print(f"1. Copy variables from {env_file} to your .env")
    print(f"2. Restart the API container")
    print(f"3. Configure alert channels in Healthchecks UI")
    print(f"4. Start the monitoring tasks")

    return len(failed_checks) == 0

if __name__ == '__main__':
    success = setup_healthchecks()
    sys.exit(0 if success else 1)
