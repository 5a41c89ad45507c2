# backend/app/monitoring/healthchecks_client.py

import os
import requests
import logging
from typing import Optional, Dict, Any
from functools import wraps
from datetime import datetime, timedelta
from urllib.parse import urljoin

logger = logging.getLogger(__name__)

class HealthchecksClient:
    """Client pour interagir avec l'API Healthchecks.io"""

    def __init__(self):
        self.enabled = os.getenv('HEALTHCHECKS_ENABLED', 'false').lower() == 'true'
        self.api_url = os.getenv('HEALTHCHECKS_API_URL', 'http://healthchecks:8000/api/v1')
        self.ping_url = os.getenv('HEALTHCHECKS_PING_URL', 'http://healthchecks:8000/ping')
        self.api_key = os.getenv('HEALTHCHECKS_API_KEY')
        self.timeout = int(os.getenv('HEALTHCHECKS_CHECK_TIMEOUT', '30'))
        self.retry_count = int(os.getenv('HEALTHCHECKS_RETRY_COUNT', '3'))
        self.retry_delay = int(os.getenv('HEALTHCHECKS_RETRY_DELAY', '10'))

        if self.enabled and not self.api_key:
            logger.warning("Healthchecks enabled but API key not configured")
            self.enabled = False

    def ping(self, check_id: str, status: str = '') -> bool:
        """
        Envoie un ping à Healthchecks

        Args:
            check_id: UUID du check
            status: '', '/start', '/fail', ou code de sortie

        Returns:
            True si succès, False sinon
        """
        if not self.enabled:
            return True

        url = f"{self.ping_url}/{check_id}{status}"

        for attempt in range(self.retry_count):
            try:
                response = requests.get(
                    url,
                    timeout=self.timeout,
                    headers={'User-Agent': 'SaaS-Backend-Monitor/1.0'}
                )
                if response.status_code == 200:
                    logger.debug(f"Ping successful for check {check_id}")
                    return True
                logger.warning(f"Ping failed with status {response.status_code}")
            except requests.exceptions.RequestException as e:
                logger.error(f"Ping error (attempt {attempt + 1}): {str(e)}")
                if attempt < self.retry_count - 1:
                    time.sleep(self.retry_delay)

        return False

    def ping_start(self, check_id: str) -> bool:
        """Signale le début d'une tâche"""
        return self.ping(check_id, '/start')

    def ping_success(self, check_id: str) -> bool:
        """Signale le succès d'une tâche"""
        return self.ping(check_id)

    def ping_fail(self, check_id: str) -> bool:
        """Signale l'échec d'une tâche"""
        return self.ping(check_id, '/fail')

    def create_check(self, name: str, tags: str = '',
                    schedule: str = '* * * * *',
                    tz: str = 'UTC',
                    grace: int = 3600) -> Optional[Dict[str, Any]]:
        """
        Crée un nouveau check via l'API

        Args:
            name: Nom du check
            tags: Tags séparés par des espaces
            schedule: Expression cron ou intervalle en secondes
            tz: Timezone
            grace: Grace period en secondes

        Returns:
            Dict avec les infos du check créé ou None
        """
        if not self.enabled:
            return None

        url = urljoin(self.api_url, 'checks/')
        headers = {
            'X-Api-Key': self.api_key,
            'Content-Type': 'application/json'
        }

        data = {
            'name': name,
            'tags': tags,
            'timeout': grace,
            'grace': grace,
            'channels': '*',  # Utilise tous les canaux configurés
        }

        # Déterminer le type de schedule
        if schedule.isdigit():
            data['kind'] = 'simple'
            data['timeout'] = int(schedule)
        else:
            data['kind'] = 'cron'
            data['schedule'] = schedule
            data['tz'] = tz

        try:
            response = requests.post(url, json=data, headers=headers, timeout=self.timeout)
            if response.status_code == 201:
                check_data = response.json()
                logger.info(f"Check '{name}' created with ID {check_data.get('ping_url')}")
                return check_data
            logger.error(f"Failed to create check: {response.status_code} - {response.text}")
        except requests.exceptions.RequestException as e:
            logger.error(f"Error creating check: {str(e)}")

        return None

    def list_checks(self, tag: Optional[str] = None) -> list:
        """Liste tous les checks, optionnellement filtrés par tag"""
        if not self.enabled:
            return []

        url = urljoin(self.api_url, 'checks/')
        headers = {'X-Api-Key': self.api_key}
        params = {'tag': tag} if tag else {}

        try:
            response = requests.get(url, headers=headers, params=params, timeout=self.timeout)
            if response.status_code == 200:
                return response.json().get('checks', [])
        except requests.exceptions.RequestException as e:
            logger.error(f"Error listing checks: {str(e)}")

        return []

    def get_check(self, check_id: str) -> Optional[Dict[str, Any]]:
        """Récupère les détails d'un check"""
        if not self.enabled:
            return None

        url = urljoin(self.api_url, f'checks/{check_id}')
        headers = {'X-Api-Key': self.api_key}

        try:
            response = requests.get(url, headers=headers, timeout=self.timeout)
            if response.status_code == 200:
                return response.json()
        except requests.exceptions.RequestException as e:
            logger.error(f"Error getting check: {str(e)}")

        return None

    def pause_check(self, check_id: str) -> bool:
        """Met en pause un check"""
        return self._update_check(check_id, {'status': 'paused'})

    def resume_check(self, check_id: str) -> bool:
        """Réactive un check en pause"""
        return self._update_check(check_id, {'status': 'new'})

    def _update_check(self, check_id: str, data: Dict[str, Any]) -> bool:
        """Met à jour un check"""
        if not self.enabled:
            return False

        url = urljoin(self.api_url, f'checks/{check_id}')
        headers = {
            'X-Api-Key': self.api_key,
            'Content-Type': 'application/json'
        }

        try:
            response = requests.post(url, json=data, headers=headers, timeout=self.timeout)
            return response.status_code == 200
        except requests.exceptions.RequestException as e:
            logger.error(f"Error updating check: {str(e)}")

        return False

# Instance singleton
healthchecks = HealthchecksClient()
